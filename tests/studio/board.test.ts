import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { click, find, findAll } from './controls.js';
import { drop } from './dropping.js';
import {
  entryOf,
  type Iteration,
  iterationOf,
  type Layer,
  layersAfterUpdate,
  shippedLayers,
  testDigits,
} from './reference-implementation.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const IRIS = new URL('../../fixtures/iris.csv', import.meta.url);
const DIGIT = 115;
const ALPHA = 0.1;
/** Equations of the board's network: four forward, six backward, the update. */
const STEPS = 11;

/** The line of "In longhand" that writes a number out. */
const LINE = '.longhand [data-entry]';

const board500 = shippedLayers('board-500');
const four = iterationOf(board500, testDigits(DIGIT, 4), ALPHA);

describe('the board', () => {
  inBrowsers((open, _browser, openShared) => {
    test('Next steps through the whole cycle, and every number that it writes out is right', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}&m=4&alpha=${ALPHA}`);
      const written: string[] = [];
      for (let step = 1; step <= STEPS; step++) {
        if (step > 1) await click(page, 'button', 'Next');
        written.push(await checkEntry(page, four, { after: written.at(-1) }));
      }
      const quantities = written.map((entry) => entry.replace(/\[.*/, ''));
      expect(quantities).toEqual('Z1 A1 Z2 A2 dZ2 dW2 db2 dZ1 dW1 db1 W1'.split(' '));
      await click(page, 'button', 'Next');
      const second = iterationOf(layersAfterUpdate(four), testDigits(DIGIT, 4), ALPHA);
      expect(await checkEntry(page, second, { after: written.at(-1) })).toMatch(/^Z1/);
      await click(page, 'button', 'Back');
      expect(await checkEntry(page, four, { after: 'Z1' })).toMatch(/^W1/);
      await click(page, 'button', 'Reset');
      expect(await checkEntry(page, four, { after: 'W1' })).toBe(written[0]);
    });

    test('every quantity’s numbers can be opened, and are right', async (context) => {
      const { page, visit } = await openShared(context, 'board');
      const entries =
        'X[402,1] Z1[8,0] A1[3,2] Z2[9,1] A2[4,0] J dZ2[9,0] dW2[4,7] db2[9] dZ1[8,0] dW1[8,402] db1[3] W1[8,402] b1[8] W2[9,6] b2[4]';
      for (const entry of entries.split(' ')) {
        await visit(`board?net=500&digit=test:${DIGIT}&m=4&alpha=${ALPHA}&entry=${entry}`);
        expect(await checkEntry(page, four, { asked: entry })).toBe(entry);
      }
    });

    test('one example, another network and another α can be chosen', async (context) => {
      const { page, visit } = await open(context);
      const begun: Layer[] = shippedLayers('board-10');
      const turn = iterationOf(begun, testDigits(7, 1), 0.5);
      for (const entry of ['Z1[2,0]', 'dW1[4,300]', 'W2[1,1]']) {
        await visit(`board?net=10&digit=test:7&m=1&alpha=0.5&entry=${entry}`);
        expect(await checkEntry(page, turn, { asked: entry })).toBe(entry);
      }
    });

    test('pointing at an entry writes it out', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}&m=4&alpha=${ALPHA}`);
      await waitFor(page, 'the board', (line) => document.querySelector(line) !== null, [LINE]);
      const tile = await find(page, 'application', /^dW2, 10 by 10/);
      await tile.scrollIntoView();
      const box = (await tile.boundingBox())!;
      for (const [row, column] of [
        [0, 0],
        [4, 7],
        [9, 9],
      ] as const) {
        await page.mouse.move(
          box.x + ((column + 0.5) * box.width) / 10,
          box.y + ((row + 0.5) * box.height) / 10,
        );
        const entry = `dW2[${row},${column}]`;
        expect(await checkEntry(page, four, { asked: entry })).toBe(entry);
      }
    });

    test('Check this number moves a weight, and the loss changes as the gradient says', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}&entry=dW2[9,6]`);
      await click(page, 'button', 'Check this number');
      const verdict = await waitForText(page, '.longhand [aria-live]', /gradient is/);
      expect(verdict).toContain('✓');
      const [slope, gradient] = [...verdict.matchAll(/(?:slope of|gradient is) (\S+?)[;\s]/g)].map(
        ([, text]) => numberOf(text!),
      );
      const turn = iterationOf(board500, testDigits(DIGIT, 1), ALPHA);
      expect(slope).toBeCloseTo(entryOf(turn, 'dW2[9,6]'), 4);
      expect(gradient).toBeCloseTo(entryOf(turn, 'dW2[9,6]'), 6);
    });

    test('the units of each layer have names, and inputs have no check', async (context) => {
      const { page, visit } = await openShared(context, `board?net=500&digit=test:${DIGIT}&entry=Z1[8,0]`);
      await waitForText(page, '.sum-table', /^.*pixel \(\d+, \d+\)/);
      await visit(`board?net=500&digit=test:${DIGIT}&entry=Z2[9,0]`);
      expect(await waitForText(page, '.sum-table', /hidden unit \d/)).not.toContain('pixel');
      await find(page, 'button', 'Check this number');
      for (const given of ['X[402,0]', 'Y[4,0]']) {
        await visit(`board?net=500&digit=test:${DIGIT}&entry=${given}`);
        await checkEntry(page, iterationOf(board500, testDigits(DIGIT, 1), ALPHA), { asked: given });
        expect(await findAll(page, 'button', 'Check this number'), given).toEqual([]);
      }
    });

    test('a link to a model that is missing says so, and says what is shown instead', async (context) => {
      const { page } = await openShared(context, `board?net=own&digit=test:${DIGIT}`);
      await waitForText(page, 'main', /model of this link is not here/);
      const network = await find(page, 'combobox', /^model/);
      expect(await network.evaluate((select) => (select as HTMLSelectElement).value)).toBe('500');
      // Not with the mouse: the board below is still being computed, and moves the button.
      await (await find(page, 'button', 'Keep this network')).focus();
      await page.keyboard.press('Enter');
      await waitFor(page, 'the address without it', () => location.hash.includes('net=500'), []);
      expect(await textOf(page, 'main')).not.toContain('is not here');
    });

    test('data that the network cannot read: the reason, and a way back', async (context) => {
      const { page } = await openShared(context, 'board');
      await waitFor(page, 'the board', (line) => document.querySelector(line) !== null, [LINE]);
      await drop(page, [{ name: 'iris.csv', bytes: readFileSync(IRIS) }]);
      await waitForText(page, 'main', /expects pictures of 28 × 28.*but iris has rows of/);
      expect(await textOf(page, '.notification')).toMatch(/^iris: \d+ training examples/);
      await find(page, 'link', 'Train a network on these data');
      await click(page, 'button', 'Back to MNIST');
      await waitForText(page, LINE, /=/);
    });

    test('in a small window the sum is a sheet that can be folded, with its total visible', async (context) => {
      const { page } = await open(context, { at: `board?net=500&digit=test:${DIGIT}` });
      await page.setViewport({ width: 720, height: 450 });
      await waitForText(page, LINE, /=/);
      const handle = await find(page, 'button', 'The sum, term by term');
      const isOpen = () => handle.evaluate((button) => button.getAttribute('aria-expanded'));
      expect(await isOpen()).toBe('true');
      await click(page, 'button', 'The sum, term by term');
      await waitFor(
        page,
        'the sheet, folded',
        () => !document.querySelector('.sum-table')?.checkVisibility(),
        [],
      );
      expect(await isOpen()).toBe('false');
      const total = /([\d.]+)\s*$/.exec((await textOf(page, '.longhand h2'))!)![1];
      expect(Number(total)).toBeGreaterThan(0);
    });

    test('works with the keyboard alone', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}&m=4&alpha=${ALPHA}`);
      await waitFor(page, 'the board', (line) => document.querySelector(line) !== null, [LINE]);
      let entry = await checkEntry(page, four, {});
      // From the first link of the page, wherever the tests before have left the focus: Firefox without a
      // window does not come back from the page's end to its start.
      await (await find(page, 'link', 'Longhand')).focus();
      await tabTo(page, /^Next$/);
      for (let step = 2; step <= STEPS; step++) {
        await page.keyboard.press(step % 2 ? 'Enter' : ' ');
        entry = await checkEntry(page, four, { after: entry });
      }
      expect(entry).toMatch(/^W1/);

      // A focused tile shows its largest entry; the arrow keys start from there.
      await tabTo(page, /^Z2, 10 by 4/);
      const [, row, column] = /^Z2\[(\d),(\d)\]$/
        .exec(await checkEntry(page, four, { after: 'W1' }))!
        .map(Number) as [number, number, number];
      const [up, left] = [row > 0 ? -1 : 1, column > 0 ? -1 : 1];
      for (const [key, expected] of [
        [up < 0 ? 'ArrowUp' : 'ArrowDown', `Z2[${row + up},${column}]`],
        [left < 0 ? 'ArrowLeft' : 'ArrowRight', `Z2[${row + up},${column + left}]`],
        [up < 0 ? 'ArrowDown' : 'ArrowUp', `Z2[${row},${column + left}]`],
        [left < 0 ? 'ArrowRight' : 'ArrowLeft', `Z2[${row},${column}]`],
      ] as const) {
        await page.keyboard.press(key);
        expect(await checkEntry(page, four, { asked: expected })).toBe(expected);
      }
      await tabTo(page, /^Check this number$/);
      await page.keyboard.press('Enter');
      expect(await waitForText(page, '.longhand [aria-live]', /gradient is/)).toContain('✓');
    });

    test('every symbol is a tile with its shape', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}&m=16`);
      await waitFor(page, 'the board', (line) => document.querySelector(line) !== null, [LINE]);
      for (const name of [
        'W1, 10 by 784',
        'X, 784 by 16',
        'b1, 10 by 1',
        'A1 transposed, 16 by 10',
        'W2 transposed, 10 by 10',
        'dZ1, 10 by 16',
        'X transposed, 16 by 784',
      ]) {
        expect((await findAll(page, 'application', name)).length, name).toBeGreaterThan(0);
      }
    });
  });
});

/**
 * Checks the number that is written out now, and the number that its last digits give, against the
 * reference implementation.
 *
 * @param after waits for another entry than this; `asked` waits for exactly this one
 * @returns its reference
 */
async function checkEntry(
  page: Page,
  turn: Iteration,
  { after, asked }: { after?: string | undefined; asked?: string },
): Promise<string> {
  const { entry, value } = await waitFor(
    page,
    asked ?? `another number than ${after}`,
    (selector, before, wanted) => {
      const line = document.querySelector<HTMLElement>(selector);
      const { entry, value } = line?.dataset ?? {};
      if (entry === undefined || value === undefined) return undefined;
      const isThere = wanted === null ? !(before && entry.startsWith(before)) : entry === wanted;
      return isThere ? { entry, value: Number(value) } : undefined;
    },
    [LINE, after ?? null, asked ?? null] as [string, string | null, string | null],
  );
  const expected = entryOf(turn, entry);
  expect(Math.abs(value - expected), `${entry} = ${value}, computed ${expected}`).toBeLessThanOrEqual(
    1e-10 * Math.max(1, Math.abs(expected)),
  );
  const text = (await textOf(page, LINE))!;
  const shown = numberOf(/= (\S+)\s*$/.exec(text)?.[1] ?? 'nothing');
  // Four significant digits.
  expect(Math.abs(shown - expected), text).toBeLessThanOrEqual(5.1e-4 * Math.abs(expected) + 1e-12);
  return entry;
}

/** `−1.5·10⁻⁷` → −1.5e−7 */
function numberOf(text: string): number {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const plain = text
    .replace('−', '-')
    .replace('⁻', '-')
    .replace('·10', 'e')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (sign) => String(digits.indexOf(sign)));
  return Number(plain);
}

/**
 * Presses Tab until the element of this name has the focus, and checks that the focus is visible.
 */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const MOST = 150;
  const met: string[] = [];
  for (let k = 0; k < MOST; k++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return undefined;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isShown = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      return { name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '', isShown };
    });
    if (focus && name.test(focus.name)) {
      expect(focus.isShown, `${focus.name} shows that it has the focus`).toBe(true);
      return;
    }
    met.push(focus?.name.slice(0, 30) ?? '');
  }
  throw new Error(`${MOST} tabs did not reach ${name}, but ${met.join(', ')}`);
}
