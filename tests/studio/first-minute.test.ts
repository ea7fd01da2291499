import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { click, find, findAll } from './controls.js';
import { entryOf, iterationOf, shippedLayers, testDigits } from './reference-implementation.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DIGIT = 169;
const LINE = '.longhand [data-entry]';
const board500 = shippedLayers('board-500');

describe('the first minute', () => {
  inBrowsers((open, browser, openShared) => {
    test('a newcomer sees a goal and a tour, which the keyboard leads through and which does not come again', async (context) => {
      const { page, visit } = await open(context, { at: '', isNewcomer: true });
      expect(await waitForText(page, '.goal', /Press/)).toMatch(
        /This is a 4\. Press Next four times to see how the network reads it, and eleven times until it has learned\./,
      );
      await waitFor(page, 'the tour, with the focus', () => document.activeElement?.matches('.tour'), []);
      await page.evaluate(AXE);
      const titles: string[] = [];
      for (let card = 1; card <= 8; card++) {
        await waitForText(page, '.tour-buttons', new RegExp(`^${card} of 8`));
        await waitFor(page, 'the focus', () => document.activeElement?.matches('.tour'), []);
        titles.push((await textOf(page, '.tour h2'))!);
        // What axe finds is the same in both browsers.
        if (browser === 'chromium' && (card === 1 || card === 5))
          expect(await violations(page), titles.at(-1)).toEqual([]);
        if (card === 5) expect(await textOf(page, '.update-told')).toMatch(/^4: 28\.2% → > 99\.9%/);
        await tabTo(page, card < 8 ? 'Go on' : 'Start');
        await page.keyboard.press('Enter');
      }
      expect(new Set(titles).size).toBe(8);
      await waitFor(page, 'no tour', () => !document.querySelector('.tour'), []);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Next');
      expect(await page.evaluate(() => location.hash)).not.toMatch(/step|show/);

      await visit('');
      await page.reload();
      await waitForText(page, '.goal', /eleven times/);
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      expect(await page.$('.tour')).toBeNull();
      await click(page, 'button', 'Help');
      await waitForText(page, '.tour-buttons', /^1 of 8/);
      await page.keyboard.press('Escape');
      await waitFor(page, 'no tour', () => !document.querySelector('.tour'), []);
    });

    test('somebody who follows a link sees what its sender saw, and no tour', async (context) => {
      const { page } = await open(context, { at: `board?digit=test:${DIGIT}&step=3`, isNewcomer: true });
      await waitForText(page, LINE, /=/);
      expect(await page.$('.tour, .tile.empty, .goal')).toBeNull();
    });

    test('step by step, a tile is empty until its step has computed it, and each step is told in words', async (context) => {
      const { page } = await openShared(context, 'board?show=steps');
      await waitForText(page, '.goal', /eleven times/);
      const filled = () => document.querySelectorAll('.board .tile:not(.empty)').length;
      expect(await page.evaluate(filled)).toBe(0);
      expect(await textOf(page, '.network figcaption')).toBe('it is a 4');
      expect(await textOf(page, '.board-state')).not.toMatch(/loss/);
      const titles: string[] = [];
      let before = 0;
      await (await find(page, 'button', 'Next')).focus();
      for (let step = 1; step <= 11; step++) {
        await page.keyboard.press('Enter');
        titles.push(await waitForText(page, '.longhand h2', new RegExp(`^${step} · `)));
        expect(await textOf(page, '.longhand .plain')).toMatch(/\.$/);
        expect(await textOf(page, '.longhand .exact')).toMatch(/^Exactly\. .*=/);
        const now = await page.evaluate(filled);
        expect(now).toBeGreaterThan(before);
        before = now;
        const caption = (await textOf(page, '.network figcaption'))!;
        expect(caption).toMatch(step < 4 ? /^it is a 4$/ : /read as a 9$/);
      }
      expect(await page.$('.tile.empty')).toBeNull();
      expect(titles[1]).toBe('2 · Switch units on or off');
      expect(titles[4]).toBe('5 · The error of the output');
      expect(await textOf(page, '.goal')).toMatch(/It has learned: it now reads a 4 \(> 99\.9%\)/);
      await click(page, 'checkbox', 'all at once');
      await waitFor(page, 'no goal', () => !document.querySelector('.goal'), []);
      await find(page, 'combobox', /^model/);
    });

    test('a unit and a line of the drawing answer, and arrow keys go from unit to unit', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}`);
      await waitForText(page, LINE, /=/);
      const entry = (wanted: string) =>
        waitFor(
          page,
          wanted,
          (name) => document.querySelector<HTMLElement>('[data-entry]')?.dataset.entry === name,
          [wanted],
        );
      const units = await page.$$('.network .unit');
      await units[8]!.click();
      await entry('A1[8,0]');
      await page.evaluate(() => document.querySelector<SVGElement>('.network > svg')!.focus());
      await page.keyboard.press('ArrowDown');
      await entry('A1[9,0]');
      await page.keyboard.press('ArrowRight');
      await entry('A2[9,0]');
      await page.evaluate(() => {
        const lines = [...document.querySelectorAll('.network .edges .hit')];
        lines.at(-1)!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch' }));
      });
      await waitForText(page, '.longhand', /A weight: how strongly hidden unit \d counts for class \d/);
    });

    test('a weight can be dragged, by mouse and by keyboard; what follows changes, and it can be put back', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}`);
      await waitForText(page, LINE, /=/);
      const loss = () => textOf(page, '.board-state .figures');
      const was = await loss();
      const tile = await page.waitForSelector('.makes-Z [data-name="W2"] .squares');
      await tile!.scrollIntoView();
      const box = (await tile!.boundingBox())!;
      // Row 4, column 8: hidden unit 8 for class 4.
      await page.mouse.move(box.x + 0.85 * box.width, box.y + 0.45 * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.85 * box.width, box.y + 0.45 * box.height - 40, { steps: 4 });
      await page.mouse.up();
      await page.mouse.move(5, 5);
      await waitFor(
        page,
        'another loss',
        (before) => {
          const now = document.querySelector('.board-state .figures')?.textContent;
          return now && now !== before;
        },
        [was!],
      );
      const hash = await page.evaluate(() => decodeURIComponent(location.hash));
      const value = Number(/set=W2\[4,8\]:([-\d.]+)/.exec(hash)![1]);
      // The board computes what the reference implementation does with this weight.
      const layers = board500.map(({ W, b }) => ({ W: W.map((row) => [...row]), b: [...b] }));
      layers[1]!.W[4]![8] = value;
      const expected = entryOf(iterationOf(layers, testDigits(DIGIT, 1), 0.1), 'J');
      expect(Number(await loss())).toBeCloseTo(expected, 2);

      const slider = await find(page, 'slider', /^move w²₄,₈/);
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      await waitFor(page, 'another weight', (before) => decodeURIComponent(location.hash) !== before, [hash]);
      await click(page, 'button', 'Put it back', '.longhand');
      await waitForText(page, '.board-state .figures', new RegExp(`^${was!.replace('.', '\\.')}$`));
      expect(await page.evaluate(() => location.hash)).not.toMatch(/set=/);
    });

    test('a link carries what was moved: a pixel, a bias', async (context) => {
      const { page } = await openShared(
        context,
        `board?net=500&digit=test:${DIGIT}&set=X[0,0]:1;b2[4]:3&entry=b2[4]&at=3`,
      );
      await waitForText(page, '.moved-by-hand', /2 numbers moved by hand/);
      await waitForText(page, '.longhand h2', /= 3$/);
      await waitForText(page, '.network figcaption', /read as a 4$/);
      expect((await findAll(page, 'application', /^W1/)).length).toBeGreaterThan(0);
      await click(page, 'button', 'Put all back');
      await waitForText(page, '.network figcaption', /read as a 9$/);
    });

    test('symbols answer and colored matrices have scales on Why, Examine and Draw', async (context) => {
      const { page } = await openShared(context, 'why?experiment=no-relu');
      const tip = '[role=tooltip]';
      await waitForText(page, '.units .color-scale', /±/);
      await (await find(page, 'button', 'ReLU')).focus();
      await page.keyboard.press('Shift');
      await page.keyboard.press('Tab');
      await waitForText(page, tip, /^Z holds/);
      await (await page.waitForSelector('.half-head [data-term="A"]'))!.hover();
      await waitForText(page, tip, /^A holds/);

      await openShared(context, 'examine');
      await click(page, 'button', 'balanced accuracy');
      await waitForText(page, tip, /^The balanced accuracy is the mean/);
      await waitForText(page, '.confusion-scale', /100% of the row.*digits?$/);

      await openShared(context, 'draw?digit=115');
      await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?\d/);
      for (const scaled of ['.spoke .legend', '.hidden-units .color-scale', '.unit-detail .color-scale'])
        await waitForText(page, scaled, /±[\d.]+/);
      await click(page, 'button', /^z/, '.spoke');
      await waitForText(page, tip, /^Z holds/);
    });

    test('a drawing goes to Board with its network, and its link carries the ink', async (context) => {
      const { page } = await openShared(context, 'draw?digit=115');
      await click(page, 'link', 'See every number of it');
      await waitForText(page, '.network figcaption', /read as an? \d$/);
      await waitFor(page, 'the ink in the address', () => /net=draw.*ink=[\w-]{40,}/.test(location.hash), []);
      await find(page, 'combobox', /^meant as/);
    });

    test('a magnifier shows the numbers around a weight of W¹', async (context) => {
      const { page } = await openShared(context, `board?net=500&digit=test:${DIGIT}`);
      await waitForText(page, LINE, /=/);
      const tile = await page.waitForSelector('.makes-Z [data-name="W1"] .squares');
      const box = (await tile!.boundingBox())!;
      await page.mouse.move(box.x + 5, box.y + 17);
      await waitForText(page, '.loupe', /^w¹.* = /);
      await page.mouse.move(5, 5);
      await waitFor(page, 'no magnifier', () => !document.querySelector('.loupe'), []);
    });
  });
});

/** Presses Tab until the button of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let k = 0; k < 6; k++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
  }
  throw new Error(`Tab did not reach ${name}`);
}

async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}
