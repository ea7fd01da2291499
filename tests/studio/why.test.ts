import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { click, find, findAll } from './controls.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const OUTCOME = '.outcome [role=status]';
const RUN_MS = 180_000;

/** What each experiment shows, as its last sentences must say. */
const EXPERIMENTS: readonly (readonly [name: string, sees: RegExp])[] = [
  ['no-bias', /For a blank picture, the right network gives every digit 10\.00%/],
  [
    'no-relu',
    /The single layer W²W¹ gives the same [\d,]+ answers as the two layers, except for rounding: the largest difference is [\d.]+·10⁻¹[⁰¹²³⁴⁵⁶⁷⁸⁹]/,
  ],
  ['no-softmax', /digits got answers that cannot be probabilities\.\s?On the left, none did/],
  ['zero-start', /On the right, all 7,940 weights are still 0: all 10 hidden units are dead/],
  ['large-alpha', /On the right, \d+ of the 200 updates made the loss larger/],
  ['raw-pixels', /On the right, the loss goes [\d.]+ → [\d.,]+ → [\d.,]+ in the first two updates/],
  [
    'summed-db',
    /by (nothing at all|[\d.·⁻¹²³⁴⁵⁶⁷⁸⁹⁰]+ \(rounding\)) on the right\. On the right, all ten hidden biases changed by the same amount/,
  ],
];

/** The experiment whose run is repeated by its link, and in the other browser. */
const REPEATED = 'no-relu';
/** The hashes of its two networks, from the first browser that ran it. */
let hashes: string[] = [];

function placeOf(name: string): string {
  return `why?experiment=${name}${name === REPEATED ? '&seed=7' : ''}`;
}

describe('the experiments', () => {
  inBrowsers((_open, browser, openShared) => {
    // The results are the same in both browsers: of one of them the hashes say so.
    const here = browser === 'firefox' ? EXPERIMENTS.filter(([name]) => name === REPEATED) : EXPERIMENTS;
    for (const [name, sees] of here) {
      test(`${name}: the run ends with what the experiment shows`, async (context) => {
        // In the second browser, a link starts the run again.
        const isLinked = name === REPEATED && hashes.length > 0;
        const { page } = await openShared(context, `${placeOf(name)}${isLinked ? '&run=1' : ''}`);
        if (!isLinked) {
          await waitForText(page, OUTCOME, /Nothing yet: press Start/);
          await click(page, 'button', 'Start');
        }
        const outcome = await waitForText(page, OUTCOME, /After 200 updates/, RUN_MS);
        expect(outcome).toMatch(sees);
        const [, left, right] = /reads (\d+\.\d)% of .* the right network (\d+\.\d)%/
          .exec(outcome)!
          .map(Number);
        expect(left).toBeGreaterThan(60);
        expect(right).toBeLessThan(100);
        if (name !== REPEATED) return;
        const found = await hashesOf(page);
        if (isLinked) expect(found).toEqual(hashes);
        expect(new Set(found).size).toBe(2);
        for (const hash of found) expect(hash).toMatch(/^[\da-f]{8}/);
        hashes = found;
      });
    }

    test('each has a card with a link to it, and a link to the next', async (context) => {
      const { page } = await openShared(context, 'why');
      await find(page, 'link', /without bias/, { within: '.why-cards' });
      expect(await findAll(page, 'link', /./, '.why-cards')).toHaveLength(EXPERIMENTS.length + 1);
      await click(page, 'link', /without bias/, '.why-cards');
      await find(page, 'heading', 'What can a bias do that no weight can?');
      await click(page, 'link', 'Next', '.why-head');
      await find(page, 'heading', 'Two layers with nothing between them: are they two?');
      await click(page, 'link', 'All experiments');
      await find(page, 'link', /without ReLU/);
    });

    test('a stopped run shows its result so far', async (context) => {
      // Through another page: its link may have started the run before.
      await openShared(context, 'why');
      const { page } = await openShared(context, `${placeOf(REPEATED)}&run=1`);
      await waitForText(page, '.why-progress', /iteration [1-9]/, RUN_MS);
      await click(page, 'button', 'Stop');
      await waitForText(page, OUTCOME, /After \d+ updates?/);
      expect(hashes).toHaveLength(2);
      expect(await hashesOf(page)).not.toEqual(hashes);
    });

    test('an invalid seed gets one line, and changes nothing', async (context) => {
      const { page } = await openShared(context, 'why?experiment=no-bias&seed=3');
      const field = await find(page, 'textbox', /seed/);
      await field.focus();
      await field.evaluate((input) => (input as HTMLInputElement).select());
      await page.keyboard.type('many');
      await page.keyboard.press('Tab');
      await waitForText(page, '.notification', /seed: expected a whole number from 0, found “many”/);
      expect(await field.evaluate((input) => (input as HTMLInputElement).value)).toBe('3');
    });

    test('the KDnuggets network: a step does what its table says, and the gradients are those of the loss', async (context) => {
      const { page } = await openShared(context, 'why?experiment=kdnuggets');
      await find(page, 'button', 'Step');
      const before = await parametersOf(page);
      const { gradients } = before;
      // The derivative of the mean loss with respect to the parameters, from the table's own inputs
      // and answers.
      const rows = await truthTable(page);
      const inputs = rows.map(({ x }) => [...x, 1]);
      for (let p = 0; p < gradients.length; p++) {
        const products = rows.map(({ a, y }, row) => (a - y) * inputs[row]![p]!);
        const mean = products.reduce((sum, product) => sum + product, 0) / rows.length;
        expect(gradients[p]).toBeCloseTo(mean, 3);
      }
      await click(page, 'button', 'Step');
      await waitForText(page, '.why-progress', /iteration 1 of/);
      const after = await parametersOf(page);
      expect(after.now).toEqual(before.next);
    });

    test('the KDnuggets network: trained, it answers every row correctly, and x₂ is its most important input', async (context) => {
      const { page } = await openShared(context, 'why?experiment=kdnuggets');
      // The page is shared with the test before, which made a step.
      await click(page, 'button', /^(Start|Continue)$/);
      const outcome = await waitForText(page, OUTCOME, /the unit answers/, 120_000);
      expect(outcome).toMatch(/answers 5 of the 5 rows correctly/);
      expect(outcome).toMatch(/most important input is x₂/);
    });
  });
});

async function hashesOf(page: Page): Promise<string[]> {
  return waitFor(
    page,
    'the hashes of both networks',
    () => {
      const titles = [...document.querySelectorAll('.half-foot .figures')].map(
        (element) => element.getAttribute('title') ?? '',
      );
      return titles.length === 2 && titles.every(Boolean) ? titles : undefined;
    },
    [],
  );
}

/** A table as numbers; NaN where a cell is not a number. */
async function tableOf(page: Page, caption: RegExp): Promise<number[][]> {
  const cells = await page.evaluate((source) => {
    const wanted = new RegExp(source);
    const table = [...document.querySelectorAll('table')].find(({ caption: title }) =>
      wanted.test(title?.textContent ?? ''),
    );
    return [...(table?.tBodies[0]?.rows ?? [])].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
    );
  }, caption.source);
  expect(
    cells.length,
    `rows of the table ${caption}; the page shows ${await textOf(page, 'main')}`,
  ).toBeGreaterThan(0);
  return cells.map((row) => row.map((text) => Number(text.replace('−', '-'))));
}

async function parametersOf(page: Page) {
  const rows = await tableOf(page, /^Parameters/);
  return {
    now: rows.map(([now]) => now!),
    gradients: rows.map(([, gradient]) => gradient!),
    next: rows.map(([, , next]) => next!),
  };
}

/** The rows with a known right answer. */
async function truthTable(page: Page) {
  const rows = await tableOf(page, /^Inputs/);
  return rows
    .map(([x1, x2, x3, y, , a]) => ({ x: [x1!, x2!, x3!], y: y!, a: a! }))
    .filter(({ y }) => !Number.isNaN(y));
}
