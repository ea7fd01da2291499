import { describe, expect, test } from 'vitest';
import { linearAxis, logAxis } from './axis.js';
import { bar, probabilityBars } from './bars.js';
import { drawChart } from './curve.js';
import { divergingColor, drawPicture, halved, inkPicture, weightsPicture } from './picture.js';
import { sideBySide } from './side-by-side.js';
import type { Terminal } from './terminal.js';

const plain: Terminal = { interactive: true, width: 80, colors: 'none', unicode: true };
const ascii: Terminal = { ...plain, unicode: false };
const full: Terminal = { ...plain, colors: 'true' };

describe('a picture', () => {
  const checks = inkPicture([0, 255, 255, 0, 128, 128], 2, 3);

  test('two pixels to a half block, foreground above background, codes only where they change', () => {
    expect(drawPicture(checks, full)).toEqual([
      '\x1b[38;2;0;0;0;48;2;255;255;255m▀\x1b[38;2;255;255;255;48;2;0;0;0m▀\x1b[0m',
      '\x1b[38;2;128;128;128m▀▀\x1b[0m',
    ]);
  });

  test('256 colors: grays from the ramp of grays', () => {
    expect(drawPicture(inkPicture([128, 128], 1, 2), { ...plain, colors: 'palette' })).toEqual([
      '\x1b[38;5;244;48;5;244m▀\x1b[0m',
    ]);
  });

  test('without colors, shades of the mean of two pixels; with sixteen colors too', () => {
    const strip = inkPicture([0, 64, 128, 192, 255, 0, 64, 128, 192, 255], 5, 2);
    expect(drawPicture(strip, plain)).toEqual([' ░▒▓█']);
    expect(drawPicture(strip, { ...plain, colors: 'few' })).toEqual([' ░▒▓█']);
    expect(drawPicture(strip, ascii)).toEqual([' .:*#']);
  });

  test('at half its size a pixel is the mean of four', () => {
    const { width, height, weight, color } = halved(inkPicture([0, 255, 255, 0], 2, 2));
    expect([width, height, weight(0, 0), color(0, 0)]).toEqual([1, 1, 0.5, [128, 128, 128]]);
  });

  test('weights: orange above zero, blue below, pale at zero, full at the limit and beyond', () => {
    expect(divergingColor(0)).toEqual([247, 247, 247]);
    expect(divergingColor(5)).toEqual(divergingColor(1));
    const { color } = weightsPicture([-2, 2], 2, 1, 2);
    expect(color(0, 0)).toEqual(divergingColor(-1));
    expect(color(1, 0)).toEqual(divergingColor(1));
    expect(drawPicture(weightsPicture([-2, 2, -2, 2], 2, 2, 2), ascii)).toEqual(['%#']);
  });
});

describe('bars', () => {
  test('to an eighth of a character', () => {
    expect([0, 1 / 16, 0.5, 1].map((share) => bar(share, 2, true))).toEqual(['', '▏', '█', '██']);
    expect(bar(0.5, 4, false)).toBe('##');
  });

  test('a line for each class', () => {
    const drawn = probabilityBars([0.25, 0.75], ['0', '10'], { answer: 1, width: 14, terminal: plain });
    expect(drawn).toEqual([' 0  25.0% █', '10  75.0% ███']);
  });
});

describe('axes', () => {
  test('linear: labels at multiples of 1, 2 or 5', () => {
    expect(linearAxis(0, 500, 4).ticks).toEqual([0, 200, 400]);
    expect(linearAxis(0, 1, 6).ticks.map((tick) => tick.toFixed(1))).toEqual([
      '0.0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
    ]);
    expect(linearAxis(0, 500, 4).place(250)).toBe(0.5);
  });

  test('logarithmic: from one of 1, 2, 5 to another, equal ratios equally far', () => {
    const { ticks, place } = logAxis(0.6, 4, 9);
    expect(ticks).toEqual([0.5, 1, 2, 5]);
    expect(place(0.5)).toBe(0);
    expect(place(5)).toBe(1);
    expect(place(2) - place(1)).toBeCloseTo(place(1) - place(0.5), 12);
  });

  test('a curve that does not move has an axis too', () => {
    for (const axis of [linearAxis(1, 1, 4), logAxis(1, 1, 4)])
      expect(Number.isFinite(axis.place(1))).toBe(true);
  });
});

describe('a chart', () => {
  const chart = {
    title: 'loss',
    series: [
      { name: 'train', style: 'cyan', mark: 'line', points: [0, 1, 2, 3].map((x) => ({ x, y: x })) },
      { name: 'dev', style: 'yellow', mark: 'dots', points: [{ x: 0, y: 3 }] },
    ],
    x: linearAxis(0, 3, 2),
    xName: 'iterations',
    y: linearAxis(0, 3, 4),
    xLabel: String,
    yLabel: String,
    width: 12,
    height: 3,
  } as const;

  test('Braille, the dots of the second series over the line of the first', () => {
    expect(drawChart(chart, plain)).toEqual([
      '  loss ━ train  ● dev',
      '3 ┤●     ⣀⠔⠊',
      '2 ┤   ⡠⠔⠊',
      '0 ┤⡠⠔⠉',
      '  └─────────',
      '   0',
    ]);
  });

  test('plain text', () => {
    expect(drawChart(chart, ascii).slice(1, 4)).toEqual(['3 +o      **', '2 +  *****', '0 +**']);
  });
});

test('side by side: as many in a row as fit, escape codes take no room', () => {
  const blocks = [['aa', 'a'], ['\x1b[1mbb\x1b[22m'], ['cc']];
  expect(sideBySide(blocks, { width: 6 })).toEqual(['aa  \x1b[1mbb\x1b[22m', 'a', '', 'cc']);
  expect(sideBySide(blocks, { width: 10 })).toEqual(['aa  \x1b[1mbb\x1b[22m  cc', 'a']);
});
