import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { click, fill, find } from './controls.js';
import { draw, STROKES } from './drawing.js';
import { PAGES } from './page-registry.js';
import { inBrowsers } from './studio.js';
import { train } from './training.js';
import { waitFor, waitForQuiet, waitForText } from './wait-for.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Pages after some use. */
const STATES: Readonly<Record<string, { at: string; prepare(page: Page): Promise<unknown> }>> = {
  'Train after a run and before another': {
    at: 'train?iterations=3',
    async prepare(page) {
      await train(page);
      await fill(page, 'textbox', /learning rate/, '0.2');
    },
  },
  'Train with its data described': {
    at: 'train',
    async prepare(page) {
      await waitForText(page, '.about-line', /MNIST/);
      await click(page, 'button', 'What are these data?');
      await page.waitForSelector('.data-panel:not(.waiting)', { timeout: 120_000 });
    },
  },
  'Train while a run is paused': {
    at: 'train?iterations=30',
    async prepare(page) {
      await click(page, 'button', 'Step');
      await waitForText(page, 'main', /paused/);
      await waitForText(page, '.figures-row', /of 30/);
    },
  },
  'Draw after a drawing': {
    at: 'draw',
    async prepare(page) {
      await draw(page, STROKES[3]!);
      await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?3/);
    },
  },
  'Examine with an open card': {
    at: 'examine?digit=test:115',
    prepare: (page) => waitForText(page, 'dialog[open]', /Label 4, read as/, 120_000),
  },
  'Board with the dialog Share open': {
    at: 'board?step=3',
    async prepare(page) {
      await click(page, 'button', 'Share');
      await page.waitForSelector('dialog.share-dialog[open] .qr-code');
      await page.evaluate(() => document.querySelector<HTMLElement>('dialog.share-dialog summary')!.click());
    },
  },
  'Board for a projector': {
    at: 'board?present=1&step=3',
    prepare: (page) => page.waitForSelector('.stage-bar'),
  },
  'the pad in a frame': {
    at: 'draw?embed=1&part=pad&ink=d115',
    prepare: (page) => waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?4/),
  },
  'Why after an experiment': {
    at: 'why?experiment=no-bias&run=1',
    prepare: (page) => waitForText(page, '.outcome [role=status]', /After 200 updates/, 180_000),
  },
};

describe('every page', () => {
  inBrowsers((_open, browser, openShared) => {
    for (const { name, title } of PAGES) {
      test(`axe finds nothing: ${name}, in the light and the dark theme`, async (context) => {
        const { page, visit } = await openShared(context, name);
        await waitForText(page, 'h1', new RegExp(`^${title}$`));
        await waitFor(page, name, () => document.querySelector('main .opening') === null, []);
        await waitForQuiet(page);
        await page.evaluate(AXE);
        const themes: string[] = [];
        for (let k = 0; k < 2; k++) {
          themes.push((await page.evaluate(() => document.documentElement.dataset.theme)) ?? 'none');
          expect(await violations(page), `${name}, ${themes.at(-1)}`).toEqual([]);
          await click(page, 'button', /^(Dark|Light)$/);
        }
        expect(themes.sort()).toEqual(['dark', 'light']);
        await visit(name);
      });
    }

    test('a button keeps its contrast under the mouse: the primary button and the others, in the light and the dark theme', async (context) => {
      const { page } = await openShared(context, 'train');
      await waitForQuiet(page);
      await page.evaluate(AXE);
      for (const theme of ['light', 'dark'] as const) {
        await turnInto(page, theme);
        for (const name of ['Train', 'Step', /^Open/, 'Copy a link to this run']) {
          const button = await find(page, 'button', name);
          await button.hover();
          expect(await button.evaluate((hovered) => hovered.matches(':hover'))).toBe(true);
          expect(await violations(page, ['color-contrast']), `${name}, ${theme}`).toEqual([]);
        }
      }
    });

    // What use adds is the same in both browsers.
    if (browser !== 'chromium') return;
    test('forced colors: the lit step and the bars can be seen', async (context) => {
      const { page, visit } = await openShared(context, 'board?step=3');
      const emulation = await page.createCDPSession();
      const force = (value: 'active' | 'none') =>
        emulation.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
      await force('active');
      try {
        await page.waitForSelector('.equation.lit');
        const borders = await page.$$eval('.equation', (all) =>
          all.map((one) => ({
            isLit: one.classList.contains('lit'),
            color: getComputedStyle(one).borderTopColor,
            width: getComputedStyle(one).borderTopWidth,
          })),
        );
        const [lit] = borders.filter(({ isLit }) => isLit);
        expect(lit!.width).toBe('3px');
        for (const other of borders.filter(({ isLit }) => !isLit))
          expect(other).not.toMatchObject({ color: lit!.color });
        await visit('draw?ink=d115');
        await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?4/);
        const bar = await page.$eval(
          '.probabilities .answer .bar',
          (one) => getComputedStyle(one).backgroundColor,
        );
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(bar).not.toBe(ground);
      } finally {
        await force('none');
        await emulation.detach();
      }
    });

    test('by keyboard: past the navigation with one key, and ten buttons are one stop', async (context) => {
      const { page } = await openShared(context, 'draw?ink=d115');
      await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?4/);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const skip = await find(page, 'button', 'Skip to the page');
      await skip.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement!.closest('main') !== null)).toBe(true);
      for (const list of ['.probabilities', '.teach-digits']) {
        const stops = (selector: string) =>
          [...document.querySelectorAll<HTMLButtonElement>(`${selector} button:not(:disabled)`)].map(
            ({ tabIndex }) => tabIndex,
          );
        const before = await page.evaluate(stops, list);
        expect(
          before.filter((index) => index === 0),
          list,
        ).toEqual([0]);
        await page.focus(`${list} button[tabindex="0"]`);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        const after = await page.evaluate(stops, list);
        expect(after.indexOf(0), list).toBe(before.indexOf(0) + 2);
      }
    });

    for (const [name, { at, prepare }] of Object.entries(STATES)) {
      test(`axe finds nothing: ${name}, in the light and the dark theme`, async (context) => {
        const { page } = await openShared(context, at);
        await prepare(page);
        await page.evaluate(AXE);
        for (const theme of ['light', 'dark'] as const) {
          await turnInto(page, theme);
          expect(await violations(page), theme).toEqual([]);
        }
      });
    }
  });
});

/** Switches the page to the light or the dark theme. */
async function turnInto(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const shown = () => document.documentElement.dataset.theme;
  if ((await page.evaluate(shown)) === theme) return;
  // An open card covers the button.
  const button = await page.$('.theme-button');
  await button!.evaluate((element) => (element as HTMLButtonElement).click());
  await waitFor(page, theme, (wanted) => document.documentElement.dataset.theme === wanted, [theme]);
}

/** What axe-core reports, one line each; by all its rules or by some. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const found = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const runOnly = only && { runOnly: { type: 'rule', values: only } };
    return (await axe.run({ resultTypes: ['violations'], ...runOnly })).violations;
  }, rules);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  );
}
