import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { choose, click, find, findAll } from './controls.js';
import { draw, SCRIBBLE, SMALL_TWO, STROKES } from './drawing.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForQuiet, waitForText } from './wait-for.js';

const ANSWER = 'section[aria-labelledby=answer-title]';

describe('the pad', () => {
  inBrowsers((open) => {
    test('reads digits drawn with the mouse', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      for (const digit of [0, 1, 3, 7]) {
        await draw(page, STROKES[digit]!);
        await waitForText(page, ANSWER, new RegExp(`^the answer ?${digit}[^\\d]`));
        await waitForText(page, '#spoken', new RegExp(`^It reads ${digit}`));
        await click(page, 'button', 'Clear');
        await waitForText(page, ANSWER, /^the answer ?Nothing yet/);
      }
    });

    test('an empty pad gives no answer', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await waitForText(page, ANSWER, /^the answer ?Nothing yet/);
      await waitForQuiet(page);
      expect(await textOf(page, ANSWER)).toMatch(/^the answer ?Nothing yet/);
      expect(await textOf(page, ANSWER)).not.toMatch(/\d%/);
    });

    test('a scribble that is not a digit is marked as doubtful', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await draw(page, SCRIBBLE);
      await waitForText(page, ANSWER, /^the answer ?\d\?/);
    });

    test('draws with the keyboard alone: arrow keys move, space draws', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      const pad = await find(page, 'application', 'Drawing pad');
      await pad.focus();
      for (let k = 0; k < 8; k++) await page.keyboard.press('ArrowUp');
      await page.keyboard.press(' ');
      for (let k = 0; k < 16; k++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press(' ');
      await waitForText(page, ANSWER, /^the answer ?1[^\d]/);
      await page.keyboard.press('Delete');
      await waitForText(page, ANSWER, /^the answer ?Nothing yet/);
    });

    test('a wrong answer can be corrected, which costs no test accuracy, and the next drawing has no stale lesson', async (context) => {
      const { page } = await open(context, { at: 'draw?digit=947' });
      await waitForText(page, ANSWER, /^the answer ?9/);
      await click(page, 'button', /^It is an 8/);
      await waitForText(page, ANSWER, /It now reads an 8/, 120_000);
      await waitForText(page, ANSWER, /^the answer ?8[^\d]/);
      const told = (await textOf(page, ANSWER))!;
      const effect = /On all 10,000 test digits: (\d+\.\d\d)% ?→ ?(\d+\.\d\d)% right/.exec(told)!;
      const [before, after] = effect.slice(1).map(Number);
      expect(before).toBeGreaterThan(98.5);
      expect(after).toBeGreaterThanOrEqual(before! - 0.1);
      // The lesson belongs to its drawing.
      await click(page, 'button', 'Clear');
      await draw(page, STROKES[3]!);
      await waitForText(page, ANSWER, /^the answer ?3/);
      expect(await textOf(page, ANSWER)).not.toContain('It now reads');
      await click(page, 'button', 'Undo', '.tools');
      await click(page, 'button', 'Undo', '.tools');
      await waitForText(page, ANSWER, /It now reads an 8/);
      await click(page, 'button', 'Undo the training');
      await waitForText(page, ANSWER, /^the answer ?9/);
    });

    test('a small 2 of the fine pen in a corner is read', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await click(page, 'radio', 'fine pen');
      await draw(page, SMALL_TWO);
      await waitForText(page, ANSWER, /^the answer ?2[^\d]/);
    });

    test('every model that comes with the page can read', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await draw(page, STROKES[0]!);
      await choose(page, 'model', /after 500 iterations/);
      await waitFor(page, 'its name in the address', () => location.hash.includes('model=500'), []);
      await waitForText(page, 'main', /784 → 10 ReLU → 10/);
      await waitForText(page, ANSWER, /^the answer ?0/);
    });

    test('a drawing stays on the pad while another page is open, and that page can use it', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await draw(page, STROKES[3]!);
      await waitForText(page, ANSWER, /^the answer ?3/);
      await click(page, 'link', 'Board', 'nav');
      await choose(page, 'digit from', 'your drawing');
      await waitFor(page, 'the board of the drawing', () => location.hash.includes('digit=drawn'), []);
      await click(page, 'link', 'Draw', 'nav');
      await waitForText(page, ANSWER, /^the answer ?3/);
    });

    test('shows each step from ink to 28 × 28, and what contributed to the answer', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await draw(page, STROKES[7]!);
      await waitForText(page, ANSWER, /^the answer ?7/);
      for (const picture of [/28 × 28 pixels/, /raise z of the 7/, /^Its weights/, /ink times its weights/]) {
        await find(page, 'img', picture);
      }
      await leavesOut(page, /center/i);
    });
  });
});

/** Checks that leaving out a step changes the network's answer. */
async function leavesOut(page: Page, step: RegExp): Promise<void> {
  const before = await textOf(page, ANSWER);
  const [box] = await findAll(page, 'checkbox', step);
  await box!.click();
  await expect.poll(() => textOf(page, ANSWER)).not.toBe(before);
}
