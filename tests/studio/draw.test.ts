import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { choose, click, find, findAll } from './controls.js';
import { draw, SCRIBBLE, STROKES } from './drawing.js';
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

    test('a wrong answer can be corrected: the network learns it, and it can be undone', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      await draw(page, STROKES[7]!);
      await waitForText(page, ANSWER, /^the answer ?7/);
      await click(page, 'button', /^It is a 1/);
      await waitForText(page, ANSWER, /It now reads a 1/, 30_000);
      await waitForText(page, ANSWER, /^the answer ?1[^\d]/);
      const [before, after] = [...(await textOf(page, ANSWER))!.matchAll(/(\d+\.\d)% ?→ ?(\d+\.\d)% right/g)]
        .flat()
        .slice(1)
        .map(Number);
      expect(after).toBeGreaterThan(before! - 3);
      await click(page, 'button', 'Undo the training');
      await waitForText(page, ANSWER, /^the answer ?7/);
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
