import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { choose, click, fill, find } from './controls.js';
import { iterationOf, shippedLayers, testDigits } from './reference-implementation.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const PLACE = 'examine?model=500';
/** Long enough to load all 70,000 digits and evaluate them. */
const ALL_MS = 120_000;

/**
 * The board's network's answer to each of the 10,000 test digits, computed without the page and the
 * library.
 */
interface Reading {
  readonly label: number;
  readonly answer: number;
  readonly confidence: number;
}
let readings: Reading[];

beforeAll(() => {
  const digits = testDigits(0, 10_000);
  const { A2 } = iterationOf(shippedLayers('board-500'), digits, 0);
  readings = digits.map(({ label }, e) => {
    const probabilities = A2!.map((row) => row[e]!);
    const confidence = Math.max(...probabilities);
    return { label, answer: probabilities.indexOf(confidence), confidence };
  });
});

const many = (digits: readonly unknown[]) => digits.length.toLocaleString('en-US');
const isWrong = ({ label, answer }: Reading) => label !== answer;

describe('the digits and a network’s answers', () => {
  inBrowsers((open) => {
    test('the figures and the confusion matrix equal those of a separate computation', async (context) => {
      const { page } = await open(context, { at: PLACE });
      await waitForAnswers(page);
      const wrong = readings.filter(isWrong);
      const right = (100 * (1 - wrong.length / readings.length)).toFixed(2);
      const recalls = Array.from({ length: 10 }, (_, digit) => {
        const own = readings.filter(({ label }) => label === digit);
        return own.filter(({ answer }) => answer === digit).length / own.length;
      });
      const balanced = (10 * recalls.reduce((sum, recall) => sum + recall, 0)).toFixed(2);
      expect(await textOf(page, '.figures-line')).toMatch(
        new RegExp(`accuracy ?${right}% ?balanced accuracy ?${balanced}% ?mistakes ?${many(wrong)}`),
      );
      const counts = await countsOf(page);
      const expected = Array.from({ length: 10 }, (_, label) =>
        Array.from(
          { length: 10 },
          (_unused, answer) => readings.filter((one) => one.label === label && one.answer === answer).length,
        ),
      );
      expect(counts).toEqual(expected);
    });

    test('a square of the matrix opens its digits, and a digit opens with all its probabilities', async (context) => {
      const { page } = await open(context, { at: PLACE });
      await waitForAnswers(page);
      const chosen = readings.filter(({ label, answer }) => label === 4 && answer === 9);
      await click(page, 'button', /^4 read as 9/);
      await waitForText(page, '.filters .left', new RegExp(`^${many(chosen)} digits`));
      await waitFor(page, 'the choice in the address', () => /label=4&answer=9/.test(location.hash), []);
      await page.focus('.cards');
      await page.keyboard.press('Enter');
      const card = await waitForText(page, 'dialog[open]', /Label 4, read as 9/);
      const first = readings.indexOf(chosen[0]!);
      expect(card).toMatch(new RegExp(`^test digit ${first}`));
      await page.keyboard.press('ArrowRight');
      await waitForText(page, 'dialog[open]', new RegExp(`^test digit ${readings.indexOf(chosen[1]!)}`));
      await page.keyboard.press('Escape');
      await waitFor(page, 'the card is back', () => !document.querySelector('dialog[open]'), []);
    });

    test('filters by right or wrong and by confidence, in the order asked for', async (context) => {
      const { page } = await open(context, { at: PLACE });
      await waitForAnswers(page);
      await page.evaluate(() => {
        for (const input of document.querySelectorAll<HTMLInputElement>('input[name=verdict]')) {
          if (input.parentElement!.textContent === 'wrong') input.click();
        }
      });
      await fill(page, 'spinbutton', 'confidence from, percent', '90');
      await choose(page, /^sort/, 'most confident first');
      const surest = readings
        .filter((one) => isWrong(one) && one.confidence > 0.9)
        .sort((a, b) => b.confidence - a.confidence);
      await waitForText(page, '.filters .left', new RegExp(`^${many(surest)} digits`));
      await page.focus('.cards');
      await page.keyboard.press('Enter');
      await waitForText(page, 'dialog[open]', new RegExp(`^test digit ${readings.indexOf(surest[0]!)}`));
      await page.keyboard.press('Escape');
      await click(page, 'button', 'Show all', '.filters');
      await waitForText(page, '.filters .left', /^10,000 digits/);
    });

    test('the training set is complete, and the address of a digit opens it again', async (context) => {
      const { page, visit } = await open(context, { at: `${PLACE}&set=training` });
      await waitForText(page, '.filters .left', /^60,000 digits/, ALL_MS);
      await page.focus('.cards');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await waitForText(page, 'dialog[open]', /^training digit 59999/);
      const { hash } = new URL(page.url());
      expect(hash).toMatch(/digit=train:59999/);
      await visit('board');
      await visit(hash.slice(2));
      await waitForText(page, 'dialog[open]', /^training digit 59999.*Label 8, read as/, ALL_MS);
    });

    test('the digits of the calibration add up to all of them', async (context) => {
      const { page } = await open(context, { at: PLACE });
      await waitForAnswers(page);
      await (await find(page, 'button', /Show as a table/)).click();
      const counts = await page.evaluate(() =>
        [...document.querySelectorAll('table.bins tbody tr')].map((row) => {
          const cell = row.querySelectorAll('td, th')[1];
          return Number(cell?.textContent?.replaceAll(',', ''));
        }),
      );
      expect(counts).toHaveLength(10);
      for (const [bin, counted] of counts.entries()) {
        const inside = readings.filter(
          ({ confidence }) => confidence > bin / 10 && confidence <= (bin + 1) / 10,
        );
        expect(counted).toBe(inside.length);
      }
    });
  });
});

/** Waits until all test digits have been loaded and evaluated. */
async function waitForAnswers(page: Page): Promise<void> {
  await waitForText(page, '.filters .left', /^10,000 digits/, ALL_MS);
  await waitFor(
    page,
    'the network has been asked',
    () => document.querySelector('.figures-line')?.getAttribute('aria-busy') === 'false',
    [],
    ALL_MS,
  );
}

/** The counts of the confusion matrix, by label and answer. */
async function countsOf(page: Page): Promise<number[][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.confusion tbody tr')].map((row) =>
      [...row.querySelectorAll('button')].map((square) => {
        const [, counted] = /: ([\d,]+)$/.exec(square.getAttribute('aria-label') ?? '') ?? [];
        return Number(counted?.replaceAll(',', ''));
      }),
    ),
  );
}
