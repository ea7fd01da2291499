import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { choose, click, fill, find, findAll } from './controls.js';
import { draw, STROKES } from './drawing.js';
import { inBrowsers } from './studio.js';
import { figuresOf, train } from './training.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const LONGHAND = '.longhand';
const LINE = '.longhand [data-entry]';
const VERDICT = '.longhand [aria-live]';

describe('the page does not mislead', () => {
  inBrowsers((open, _browser, openShared) => {
    test('a drawing has no label until somebody gives one, and its link carries the ink', async (context) => {
      const { page } = await openShared(context, 'draw');
      await draw(page, STROKES[7]!);
      await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?7/);
      await openShared(context, 'board');
      await choose(page, 'digit from', 'your drawing');
      await waitForText(page, '.network figcaption', /^your drawing, read as an? \d$/);
      const meant = await find(page, 'combobox', /^meant as/);
      const read = /not said: (\d), as read/.exec((await textOf(page, '.digit-chooser'))!)![1];
      expect(await textOf(page, '.network figcaption')).toMatch(new RegExp(`read as an? ${read}$`));
      await choose(page, /^meant as/, '7');
      await waitForText(page, '.network figcaption', /^it is a 7, read as an? \d$/);
      await meant.dispose();
      const link = await page.evaluate(() => location.hash);
      expect(link).toMatch(/ink=[\w-]{40,}/);
      expect(link).toMatch(/label=7/);

      // Somebody else opens the link, without the drawing.
      const other = await open(context, { at: link.replace(/^#\//, '') });
      await waitForText(other.page, '.network figcaption', /^it is a 7, read as an? \d$/);
      await waitForText(other.page, LINE, /=/);
      const value = (selector: string) => document.querySelector<HTMLElement>(selector)?.dataset.value;
      expect(await other.page.evaluate(value, LINE)).toBe(await page.evaluate(value, LINE));
    });

    test('a link to a drawing that is nowhere says so', async (context) => {
      const { page } = await open(context, { at: 'board?digit=drawn' });
      await waitForText(page, '.missing', /This link has no drawing in it/);
      await waitForText(page, '.network figcaption', /^it is a 4/);
    });

    test('an entry is explained in the equation where it is pressed', async (context) => {
      const { page } = await openShared(context, 'board?digit=test:115');
      await waitForText(page, LINE, /=/);
      await press(page, '.forward .makes-Z [data-name="W1"] .squares');
      const weight = await waitForText(page, LONGHAND, /A weight: how strongly pixel \(\d+, \d+\) counts/);
      expect(weight).toMatch(/Training changes it in equation 11/);
      expect(weight).toMatch(/Equation 1 uses it/);
      expect(weight).not.toMatch(/downhill/);
      await click(page, 'button', 'show the update');
      await waitForText(page, LONGHAND, /new value = old value − learning rate × gradient/);
      await press(page, '.forward .makes-Z [data-name="b1"] .squares');
      await waitForText(page, LONGHAND, /A bias: a number that hidden unit \d adds to its sum/);
      await press(page, '.backward .makes-dZ [data-name="W2"] .squares');
      await waitForText(
        page,
        LONGHAND,
        /used backward: it carries the error of class \d back to hidden unit/,
      );
      await press(page, '.equations.update [data-name="W1"] .squares');
      await waitForText(page, LONGHAND, /A small step downhill/);
    });

    test('with several examples it says which, and that the loss is their mean', async (context) => {
      const { page } = await openShared(context, 'board?digit=test:169&m=16');
      await waitForText(page, '.board-state', /loss [\d.]+, the mean over test digits 169 to 184/);
      await openShared(context, 'board?digit=test:9998&m=4');
      await waitForText(page, '.board-state', /test digits 9998 to 9999 and 0 to 1/, 120_000);
      await openShared(context, 'board?digit=test:169&m=all');
      await waitForText(page, '.board-state', /the mean over all 60,000 training digits/, 180_000);
      expect(await textOf(page, '.digit-chooser')).not.toMatch(/test digit/);
      await find(page, 'spinbutton', 'number of the training digit');
    });

    test('every number can be checked, and a verdict goes away with its numbers', async (context) => {
      const { page } = await openShared(context, 'board?digit=test:115&entry=Z1[8,0]');
      const checks = {
        'Z1[8,0]': /Computed again, from the bias and the terms.*✓/,
        'A1[8,0]': /Computed again, as ReLU of its weighted sum.*✓/,
        'A2[4,0]': /Computed again, as 1 divided by the sum.*✓/,
        J: /Computed again, from the probabilities.*✓/,
        'dZ1[8,0]': /With z¹₈ = .*the error is.*✓/,
        'dW1[8,402]': /With w¹₈,₄₀₂ = .*the gradient is.*✓/,
        'W1[8,402]': /With this slope the new value is/,
      };
      for (const [entry, verdict] of Object.entries(checks)) {
        await openShared(context, `board?digit=test:115&entry=${entry}`);
        await waitFor(
          page,
          entry,
          (wanted) => document.querySelector<HTMLElement>('[data-entry]')?.dataset.entry === wanted,
          [entry],
        );
        expect(await textOf(page, VERDICT)).toBe('');
        await click(page, 'button', 'Check this number');
        await waitForText(page, VERDICT, verdict);
      }
      await openShared(context, 'board?digit=test:7&entry=W1[8,402]');
      await waitForText(page, '.network figcaption', /^it is a 9/);
      expect(await textOf(page, VERDICT)).toBe('');
    });

    test('the update is told: before and after, and what moved most', async (context) => {
      const { page } = await openShared(context, 'board?net=500&digit=test:169&step=11');
      const told = await waitForText(page, '.update-told', /Moved most/);
      expect(told).toMatch(/^4: 28\.2% → > 99\.9% loss 1\.265 → [\d.]+·10⁻⁷/);
      expect(told).toMatch(/w²₄,₈ \+0\.46/);
      expect(told).not.toMatch(/too large/);
      await openShared(context, 'board?net=500&digit=test:169&m=16&step=11&alpha=100');
      await waitForText(page, '.update-told', /The loss grew: the step was too large/);
    });

    test('every matrix has its scale, and gradients have one together or each its own', async (context) => {
      const { page } = await openShared(context, 'board?net=500&digit=test:169');
      const scales = (selector: string) =>
        [...document.querySelectorAll(selector)].map(
          (tile) => tile.querySelector('.color-scale')?.textContent,
        );
      await waitForText(page, '.board .color-scale', /±/);
      const all = await page.evaluate(scales, '.board .tile');
      for (const scale of all) expect(scale).toMatch(/^(±|0–)[\d.]+/);
      const gradients = '.board .tile[data-name^="d"]';
      expect(new Set(await page.evaluate(scales, gradients)).size).toBe(1);
      await click(page, 'checkbox', 'one scale for all gradients');
      await waitFor(page, 'the address', () => location.hash.includes('scale=each'), []);
      expect(new Set(await page.evaluate(scales, gradients)).size).toBeGreaterThan(1);
    });

    test('every symbol answers to mouse and keyboard with its sentence of the Glossary', async (context) => {
      const { page } = await openShared(context, 'board?net=500&digit=test:169');
      const tip = '[role=tooltip]';
      const symbol = await page.waitForSelector('.forward .makes-A [data-name="A1"] figcaption');
      await symbol!.hover();
      await waitForText(page, tip, /^A holds the activation of each unit/);
      const softmax = await find(page, 'button', 'softmax');
      await softmax.focus();
      await page.keyboard.press('Shift');
      await page.keyboard.press('Tab');
      await waitForText(page, tip, /^Z holds the weighted sum/);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'))).toBe(
        'term-tip',
      );
      await page.keyboard.press('Escape');
      await waitFor(page, 'no tooltip', (selector) => !document.querySelector(selector), [tip]);
      await click(page, 'button', '⊙');
      await waitForText(page, tip, /^⊙ multiplies two matrices entry by entry/);
      const unknown = await page.evaluate(() =>
        [...document.querySelectorAll('[data-term]')].map((element) => element.getAttribute('data-term')),
      );
      await click(page, 'link', 'Glossary', tip);
      await waitForText(page, '.glossary .lit', /⊙ multiplies two matrices entry by entry/);
      // No symbol is without a sentence.
      const known = await page.evaluate(() =>
        [...document.querySelectorAll('.glossary dl > div')].map(({ id }) => id.replace('term-', '')),
      );
      for (const name of unknown) expect(known).toContain(name);
    });

    test('a run that failed is not praised: it says why, and what to try', async (context) => {
      const at = 'train?pixels=raw&alpha=1000&iterations=3&hidden=12';
      const { page } = await openShared(context, at);
      await train(page);
      const diagnosis = await waitForText(page, '.diagnosis', /This network has not learned/);
      expect(diagnosis).toMatch(/The pixels are raw.*Set pixel scaling to “unit”/);
      expect(diagnosis).toMatch(/of the 12 hidden units are dead|All 12 hidden units are dead/);
      expect(await textOf(page, '.notification')).toMatch(
        /has not learned: [\d.]+% on the 10,000 test examples/,
      );
      expect(await page.$('.figures-row .green')).toBeNull();
      await waitForText(page, '.openings', /opened once/);
      await waitForText(page, '.hidden-units .legend', /−\d/);
      // Numbers as long as these have room beside the axis.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.chart')].map(
          (chart) => chart.scrollWidth > chart.clientWidth + 1,
        ),
      );
      expect(cut).toEqual([false, false]);
      expect(await textOf(page, '.chart caption')).toMatch(/accuracy, by iteration\nloss, by iteration/);
      await click(page, 'button', 'Reset');
    });

    test('an emptied field means its default, and a comma gets a hint', async (context) => {
      const { page } = await openShared(context, 'train?batchSize=128&epochs=2');
      await clear(page, /^epochs/);
      expect(await textOf(page, '[role=alert]')).toBeFalsy();
      const button = await find(page, 'button', 'Train');
      expect(await button.evaluate((element) => (element as HTMLButtonElement).disabled)).toBe(false);
      await fill(page, 'textbox', /learning rate/, '0,5');
      await waitForText(page, '[role=alert]', /expected a number\. Use a point: 0\.5/);
    });

    test('Stop keeps the test set closed and can be continued; Finish here opens it', async (context) => {
      const { page } = await openShared(context, 'train?iterations=400&seed=7');
      await click(page, 'button', 'Train');
      await waitFor(
        page,
        'some iterations',
        () => Number.parseInt(document.querySelector('.figures-row dd')?.textContent ?? '', 10) > 1,
        [],
        120_000,
      );
      await click(page, 'button', 'Stop');
      await waitForText(page, '.result', /stopped after \d+ iterations/);
      expect((await figuresOf(page)).test).toMatch(/^–/);
      const [, before] = /stopped after (\d+)/.exec((await textOf(page, '.result'))!)!;
      await click(page, 'button', 'Continue');
      await waitFor(
        page,
        'more iterations',
        (stopped) =>
          Number.parseInt(document.querySelector('.figures-row dd')?.textContent ?? '', 10) > stopped,
        [Number(before)],
        120_000,
      );
      await click(page, 'button', 'Stop');
      await click(page, 'button', 'Finish here');
      await waitForText(page, '.result', /hash of the parameters/, 120_000);
      expect((await figuresOf(page)).test).toMatch(/^[\d.]+%of 10,000$/);
      expect(await findAll(page, 'button', 'Continue')).toEqual([]);
      const opened = await waitForText(page, '.openings', /opened/);
      const times = Number(/opened (\d+) times/.exec(opened)?.[1] ?? 1);
      await openShared(context, 'train?iterations=1');
      await click(page, 'button', 'Train');
      await waitForText(page, '.openings', new RegExp(`opened ${times + 1} times`), 120_000);
    });
  });
});

/** Presses an element with the mouse. */
async function press(page: Page, selector: string): Promise<void> {
  const element = await page.waitForSelector(selector);
  await element!.scrollIntoView();
  // The middle of several pictures lies between them.
  await element!.click({ offset: { x: 5, y: 17 } });
}

/** Empties a field, and leaves it. */
async function clear(page: Page, name: RegExp): Promise<void> {
  const field = await find(page, 'textbox', name);
  await field.focus();
  await field.evaluate((input) => (input as HTMLInputElement).select());
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Tab');
}
