import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createNetwork } from '@longhand/core';
import { PIXEL_SCALE } from '@longhand/core/data';
import { encodeModel } from '@longhand/core/files';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { click } from './controls.js';
import { draw, STROKES } from './drawing.js';
import { drop } from './dropping.js';
import { PAGES } from './page-registry.js';
import { inBrowsers } from './studio.js';
import { train } from './training.js';
import { waitFor, waitForText } from './wait-for.js';

/** With `LONGHAND_PICTURES=1` this test takes the README's pictures again. */
const PICTURES = process.env.LONGHAND_PICTURES ? path.join(ROOT, 'docs', 'pictures') : undefined;

/** The themes in which the README shows a page. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  board: ['light', 'dark'],
  train: ['light'],
  draw: ['dark'],
  examine: ['light'],
  why: ['light'],
};

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 720, height: 900 },
  { width: 390, height: 844 },
] as const;

/** The address at which each page is checked, and what to do there first. */
const SCENES: Readonly<Record<string, { readonly at: string; prepare(page: Page): Promise<unknown> }>> = {
  board: {
    at: 'board?net=100&digit=test:169&m=4&step=6&entry=dW2[9,6]',
    prepare: (page) => waitForText(page, '.longhand [data-entry]', /=/),
  },
  learn: {
    at: 'learn?chapter=one-unit',
    prepare: (page) => waitForText(page, '.chapter', /predict, then look/),
  },
  train: { at: 'train', prepare: (page) => train(page) },
  runs: {
    at: 'runs?example=1',
    prepare: (page) => waitForText(page, '.parallel-told', /60 of 60 trials/),
  },
  draw: {
    at: 'draw',
    async prepare(page) {
      await draw(page, STROKES[3]!);
      await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?3[^\d]/);
    },
  },
  examine: {
    at: 'examine',
    prepare: (page) => waitForText(page, 'section.mistakes, main', /\d\.\d\d?\s?%/, 120_000),
  },
  why: {
    at: 'why?experiment=summed-db',
    async prepare(page) {
      await click(page, 'button', 'Start');
      await waitForText(page, 'main', /iteration ([5-9]\d|1\d\d|200) of/, 120_000);
    },
  },
  glossary: {
    at: 'glossary?term=softmax',
    prepare: (page) => waitForText(page, '.glossary .lit', /probabilities/),
  },
};

test('every page is checked', () => {
  expect(Object.keys(SCENES)).toEqual(PAGES.map(({ name }) => name));
});

describe('every page fits its window, from a phone’s to a desktop’s', () => {
  inBrowsers((open, browser) => {
    for (const [name, { at, prepare }] of Object.entries(SCENES)) {
      test(name, async (context) => {
        const { page } = await open(context, { at });
        await prepare(page);
        for (const theme of ['light', 'dark'] as const) {
          const shown = await page.evaluate(() => document.documentElement.dataset.theme);
          if (shown !== theme) await click(page, 'button', 'Dark');
          for (const size of SIZES) {
            await page.setViewport(size);
            const [wide, across] = await page.evaluate(() => [
              document.documentElement.scrollWidth,
              innerWidth,
            ]);
            expect(wide, `${name}, ${theme}, ${size.width} wide`).toBeLessThanOrEqual(across!);
            const isShown = size === SIZES[0] && SHOWN[name]?.includes(theme);
            if (PICTURES && browser === 'chromium' && isShown) await takePicture(page, name, theme);
          }
          await page.setViewport(SIZES[0]);
        }
      });
    }
  });
});

/**
 * Window sizes at which the board's ring, its longest equations and its sheet might not fit; at
 * some of them the test steps through the cycle.
 */
const TIGHT_SIZES: readonly { width: number; height: number; round?: boolean }[] = [
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  { width: 1310, height: 768 },
  { width: 1280, height: 800 },
  { width: 1024, height: 768, round: true },
  { width: 720, height: 450, round: true },
  { width: 390, height: 844, round: true },
  { width: 320, height: 640 },
];

describe('the board fits every window', () => {
  inBrowsers((open) => {
    test('with 16 examples', async (context) => {
      const { page } = await open(context, { at: 'board?m=16' });
      await waitForText(page, '.longhand [data-entry]', /=/);
      await fitsEverywhere(page);
    });

    test('with a deeper network', async (context) => {
      const { page } = await open(context, { at: 'board?net=own&m=4' });
      await waitForText(page, 'main', /model of this link is not here/);
      await drop(page, [{ name: 'deep.safetensors', bytes: deepModel() }]);
      await waitForText(page, '.network', /\[4\] softmax/);
      await fitsEverywhere(page);
    });
  });
});

/** 784 → 64 → 32 → 16 → 10, before any training. */
function deepModel(): Uint8Array {
  const network = createNetwork({ layers: [784, 64, 32, 16, 10], seed: 1 });
  const classNames = Array.from({ length: 10 }, (_, digit) => String(digit));
  const record = { width: 28, height: 28, classNames, pixelScale: PIXEL_SCALE, settings: {}, results: {} };
  return encodeModel({ network, record });
}

/**
 * Checks that nothing overflows its container, and that Next and the head of the current equation
 * stay in the window throughout the cycle.
 */
async function fitsEverywhere(page: Page): Promise<void> {
  for (const { round, ...size } of TIGHT_SIZES) {
    await page.setViewport(size);
    await click(page, 'button', 'Reset');
    const outside = await page.evaluate(outsideOf);
    expect(outside, `${size.width} wide`).toEqual([]);
    if (!round) continue;
    const steps = await page.evaluate(() => document.querySelectorAll('.equation').length);
    for (let step = 2; step <= steps; step++) {
      await page.evaluate(() => document.querySelector<HTMLElement>('.step-buttons .main')!.click());
      await waitFor(
        page,
        `step ${step} between the buttons and the sheet, ${size.width} wide`,
        (number) => {
          const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
          const lit = document.querySelector('.equation.lit');
          if (lit?.querySelector('.number')?.textContent !== String(number)) return false;
          const [buttons, { top, height }, sheet] = [
            box('.step-buttons'),
            box('.equation.lit'),
            box('.longhand'),
          ];
          const room = Math.min(innerHeight, sheet.top) - buttons.bottom;
          const foot = top + Math.min(height, room - 16);
          return buttons.top >= 0 && top >= buttons.bottom && foot <= Math.min(innerHeight, sheet.top);
        },
        [step],
      );
      const [wide, across] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(wide, `step ${step}, ${size.width} wide`).toBeLessThanOrEqual(across!);
    }
  }
}

/** Runs in the page: lists what overflows its box to the right, and by how much. */
function outsideOf(): string[] {
  const found: string[] = [];
  for (const [inner, outer] of [
    ['.board', 'body'],
    ['.sum-table td', '.longhand'],
    ['.pictures', '.longhand'],
    ['.tile', '.equation'],
    ['.equation', '.ring'],
  ] as const) {
    for (const holder of document.querySelectorAll(outer)) {
      const { right } = holder.getBoundingClientRect();
      for (const held of holder.querySelectorAll(inner)) {
        const out = held.getBoundingClientRect().right - right;
        if (out > 1) found.push(`${inner} stands ${Math.round(out)} px out of ${outer}`);
      }
    }
  }
  return found;
}

async function takePicture(page: Page, name: string, theme: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(0, 0);
  // Curves and colors take some frames to change theme.
  await new Promise((resolve) => setTimeout(resolve, 600));
  mkdirSync(PICTURES!, { recursive: true });
  writeFileSync(path.join(PICTURES!, `${name}-${theme}.png`), await page.screenshot());
}
