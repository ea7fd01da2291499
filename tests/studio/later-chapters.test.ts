// The figures of the course's chapters 8 to 14, used as a reader uses them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { click, find } from './controls.js';
import { inBrowsers } from './studio.js';
import { waitFor, waitForText } from './wait-for.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How many figures each chapter has. */
const FIGURES: Readonly<Record<string, number>> = {
  'output-error': 2,
  'sending-back': 2,
  update: 2,
  'know-or-remember': 2,
  notebook: 3,
  exercise: 2,
  further: 2,
};

describe('chapters 8 to 14', () => {
  inBrowsers((open, browser, openShared) => {
    test('chapter 8: the outer product is built by keyboard, and each entry is checked', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=output-error');
      const matrix = await find(page, 'application', /^dW2, 10 by 10/);
      await matrix.focus();
      // It begins at the row of the 4; its largest activation is that of hidden unit 8.
      await waitForText(page, '.learn-longhand', /^dw²₄,₈ = dz²₄·a¹₈ = .*they agree/);
      await page.keyboard.press('ArrowLeft');
      await waitForText(page, '.learn-longhand', /^dw²₄,₇ .*they agree/);
      await click(page, 'button', 'All rows');
      await click(page, 'button', 'Start again');
      await waitForText(page, '.learn-longhand', /^dw²₀,₈ /);
    });

    // What follows is arithmetic and markup, the same in both browsers.
    if (browser !== 'chromium') return;

    test('every figure is there, in a window of 320 pixels, and axe finds nothing in either theme', async (context) => {
      const { page, visit } = await open(context, { viewport: { width: 320, height: 640 } });
      for (const theme of ['light', 'dark']) {
        for (const [chapter, count] of Object.entries(FIGURES)) {
          await visit(`learn?chapter=${chapter}`);
          await waitFor(
            page,
            chapter,
            (wanted) =>
              document.querySelectorAll('.lesson-figure').length === wanted &&
              !document.querySelector('.learn-waiting'),
            [count],
          );
          const wide = await page.evaluate(() =>
            [document.documentElement, ...document.querySelectorAll('.lesson-figure')]
              .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
              .map(({ textContent }) => textContent?.slice(0, 30)),
          );
          expect(wide, chapter).toEqual([]);
          if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(AXE);
          expect(await violations(page), `${chapter}, ${theme}`).toEqual([]);
        }
        if (theme === 'light') await click(page, 'button', 'Dark');
      }
    });

    test('chapter 9: four factors are the path, ten paths the gradient; without ReLU′ the check fails', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=sending-back');
      for (let k = 0; k < 3; k++) await click(page, 'button', 'Next factor');
      const text = await waitForText(page, '.lesson-figure', /They add up to .* gives dw¹ = /);
      const [, sum, gradient] =
        /add up to ([−\d.]+), before they are rounded\. The backward pass gives dw¹ = ([−\d.]+) for/.exec(
          text,
        )!;
      expect(sum).toBe(gradient);
      await waitForText(page, '.lesson-figure', /Check for unit 0: measured slope 0, dz¹ 0 ✓ they agree/);
      await click(page, 'checkbox', /multiply by ReLU′/);
      await waitForText(page, '.lesson-figure', /measured slope 0, dz¹ −0\.2124 ✗ they differ/);
    });

    test('chapter 10: one digit spoils the others; the training can be gone through again', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=update');
      await click(page, 'button', 'Update');
      await waitForText(page, '.lesson-figure', /0\.000 ?100\.0% ?48\.8%/);
      await click(page, 'button', 'Train on 1,000 digits');
      await waitForText(
        page,
        '.lesson-figure',
        /update 500 of 500 .*On 1,000 test digits.*: 75\.8% right/,
        120_000,
      );
      const slider = await find(page, 'slider', /go back to update/);
      await slider.focus();
      await page.keyboard.press('Home');
      await waitForText(page, '.lesson-figure', /update 0 of 500/);
    });

    test('chapter 11: twenty digits are remembered', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=know-or-remember');
      await click(page, 'button', '20 digits');
      await waitForText(page, '.lesson-figure', /20 ?100\.0% ?38\.8%/, 120_000);
      await click(page, 'radio', /learned by heart/);
      await waitForText(page, '.lesson-figure', /accuracy falls by 10\.1 points/);
    });

    test('chapter 12: all five mistakes leave no numbers, and none of them does', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=notebook');
      await click(page, 'button', 'Train');
      await waitForText(
        page,
        '.lesson-figure',
        /what the notebook says ?98\.0%.*After one update, nothing is a number/,
        120_000,
      );
      await click(page, 'button', 'Correct all');
      await click(page, 'checkbox', /pixels not divided by 255/);
      await click(page, 'button', 'Train');
      await waitForText(page, '.lesson-figure', /10 of 10 hidden units give 0/, 120_000);
      await waitForText(page, '.lesson-figure', /all 120 together give 0\.000/);
      await click(page, 'radio', 'the update');
      await waitForText(page, '.lesson-figure', /W1 - alpha \* dW1/);
    });

    test('chapter 13: the mark names the mistake', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=exercise');
      await click(page, 'radio', /np\.sum\(dZ2\)/);
      await waitForText(page, '.lesson-figure', /db2: summed over everything, the units too\. Row/);
      await page.keyboard.press('ArrowDown');
      await waitForText(page, '.lesson-figure', /dZ2: the sign is wrong\./);
    });

    test('chapter 14: more updates from the same digits; the curve says what was added', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=further');
      await click(page, 'button', 'mini-batches of 50');
      await waitForText(page, '.lesson-figure', /mini-batches of 50 ?400 ?87\.3% ?72\.9%/, 120_000);
      await click(page, 'radio', /784-800-10/);
      await waitForText(page, '.lesson-figure', /about 61 of 10,000 are wrong/);
    });
  });
});

/** What axe-core reports in the figures and beside them, one line each. */
async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
