import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { click } from './controls.js';
import { draw, STROKES } from './drawing.js';
import { inBrowsers, type PageName } from './studio.js';
import { train } from './training.js';
import { untilText } from './until.js';

/** With `LONGHAND_PICTURES=1` the pictures of the README are taken anew. */
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

/** Where each page is worth looking at, and what one does there first. */
const SCENES: Readonly<Record<PageName, { readonly at: string; prepare(page: Page): Promise<unknown> }>> = {
  board: {
    at: 'board?net=100&digit=test:169&m=4&step=6&entry=dW2[9,6]',
    prepare: (page) => untilText(page, '.longhand [data-entry]', /=/),
  },
  train: { at: 'train', prepare: (page) => train(page) },
  draw: {
    at: 'draw',
    async prepare(page) {
      await draw(page, STROKES[3]!);
      await untilText(page, 'section[aria-labelledby=answer-title]', /^it reads ?3[^\d]/);
    },
  },
  examine: {
    at: 'examine',
    prepare: (page) => untilText(page, 'section.mistakes, main', /\d\.\d\d?\s?%/, 60_000),
  },
  why: {
    at: 'why?experiment=summed-db',
    async prepare(page) {
      await click(page, 'button', 'Start');
      await untilText(page, 'main', /iteration ([5-9]\d|1\d\d|200) of/, 60_000);
    },
  },
};

describe('every page fits its window, from a phone’s to a desktop’s', () => {
  inBrowsers((open, browser) => {
    for (const [name, { at, prepare }] of Object.entries(SCENES)) {
      test(name, async (context) => {
        const { page } = await open(context, { at });
        await prepare(page);
        for (const theme of ['light', 'dark'] as const) {
          const shown = await page.evaluate(() => document.documentElement.dataset.theme);
          if (shown !== theme) await click(page, 'button', 'Blackboard');
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

async function takePicture(page: Page, name: string, theme: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(0, 0);
  // Curves and colours change from one theme to the other over some frames.
  await new Promise((resolve) => setTimeout(resolve, 600));
  mkdirSync(PICTURES!, { recursive: true });
  writeFileSync(path.join(PICTURES!, `${name}-${theme}.png`), await page.screenshot());
}
