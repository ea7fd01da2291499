import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { click, find } from './controls.js';
import { COURSE } from './page-registry.js';
import { inBrowsers } from './studio.js';
import { waitForQuiet, waitForText } from './wait-for.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FIRST = 'learn?chapter=one-unit';
/** Beyond the first view, gzipped. */
const MAX_FIRST_CHAPTER = 40_000;

/** Waits until a chapter and its figures are there. */
function chapterShown(page: Page, place: number): Promise<string> {
  return waitForText(page, '.chapter:has(.lesson-figure) h2', new RegExp(`^${place} `));
}

describe('the course', () => {
  inBrowsers((open, browser, openShared) => {
    test('chapter 1 by keyboard: the weights are found, an answer is marked with its reason, and progress is kept', async (context) => {
      const { page, visit } = await openShared(context, FIRST);
      await chapterShown(page, 1);
      await waitForText(page, '.one-unit .found', /^1 of 5 rows/);
      // w₂ as large as it can be, and a bias just above −10: then the answer is x₂.
      await (await find(page, 'slider', /^w₂/)).focus();
      await page.keyboard.press('End');
      await (await find(page, 'slider', /^b,/)).focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await waitForText(page, '.one-unit .found', /All five rows are right/);
      await click(page, 'button', 'One step');
      await waitForText(page, '.one-unit', /After 1 of 2,000 steps/);

      await click(page, 'button', /^all three/);
      await waitForText(page, '.quiz .why.red', /Two inputs are 0/);
      for (const right of [/^only w₂/, /^−2/, /^in this table/]) await click(page, 'button', right);
      await waitForText(page, '.chapter-end', /All 3 questions answered right/);
      await visit('learn');
      await find(page, 'link', /Go on with 2/);
      await visit(FIRST);
      await waitForText(page, '.course-list', /1 of 14 done/);
      await waitForText(page, '.chapter-end', /this chapter is done/);
    });

    // The rest is the same in both browsers.
    if (browser !== 'chromium') return;

    test('every chapter: two figures or more, its code, a place on Board; it fits into 320 pixels, and axe finds nothing', async (context) => {
      const { page, visit } = await openShared(context, 'learn');
      await page.setViewport({ width: 320, height: 640 });
      for (const [k, { name }] of COURSE.entries()) {
        await visit(`learn?chapter=${name}`);
        await chapterShown(page, k + 1);
        await waitForQuiet(page, 150);
        const seen = await page.evaluate(() => ({
          figures: document.querySelectorAll('.lesson-figure').length,
          code: document.querySelectorAll('.code-panel code').length,
          board: document.querySelectorAll('.chapter-foot a[href^="#/board?"]').length,
          wide: document.documentElement.scrollWidth,
        }));
        expect(seen.figures, name).toBeGreaterThanOrEqual(2);
        expect(seen.code, name).toBeGreaterThanOrEqual(2);
        expect(seen.board, name).toBe(1);
        expect(seen.wide, name).toBeLessThanOrEqual(320);
        // Those of the later chapters are in later-chapters.test.ts.
        if (k < 7) expect(await violations(page), name).toEqual([]);
      }
      await page.setViewport({ width: 1440, height: 900 });
    });

    test('an own digit, painted by keyboard, goes on to the next chapters', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=pixels');
      await chapterShown(page, 2);
      await click(page, 'button', 'Blank paper');
      await (await find(page, 'application', /28 by 28 pixels/)).focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Space');
      await waitForText(page, '.pixel-figure .told', /row 10, column 17: byte 255, 255 ÷ 255 = 1\.000/);
      await click(page, 'link', /^3 · /, '.chapter-foot');
      await waitForText(page, '.weighted-sum', /of 9/);
      await find(page, 'button', 'your own digit', { within: '.weighted-sum' });
    });

    test('the walk goes downhill, and a large step goes up', async (context) => {
      const { page } = await openShared(context, 'learn?chapter=downhill');
      await waitForText(page, '.downhill', /Walk by hand/);
      const loss = async () =>
        Number(/loss ([\d.]+)/.exec(await waitForText(page, '.downhill .told', /loss/))![1]);
      const before = await loss();
      await click(page, 'button', 'Step downhill');
      await waitForText(page, '.downhill', /After 1 step the loss is/);
      expect(await loss()).toBeLessThan(before);
      await click(page, 'button', '0.0001');
      await waitForText(page, '.downhill', /They agree/);
    });

    test('a worksheet and its answers are printed upright', async (context) => {
      const { page, visit } = await openShared(context, `${FIRST}&sheet=worksheet`);
      for (const [sheet, words] of [
        ['worksheet', /Name _+/],
        ['answers', /z = 2·1 .* = −1/],
      ] as const) {
        await visit(`${FIRST}&sheet=${sheet}`);
        await waitForText(page, '.worksheet', words);
        const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(pdf.match(/\/Type\s*\/Page\b/g)?.length, sheet).toBeLessThanOrEqual(2);
        const [box] = pdf.match(/\/MediaBox\s*\[[^\]]*\]/) ?? [];
        expect(box, sheet).toMatch(/0 0 59[456][.\d]* 84[12]/);
      }
      await visit('learn?for=teachers');
      await waitForText(page, '.needs', /14 .*Further/);
    });

    test('a symbol leads to its chapter', async (context) => {
      const { page } = await openShared(context, 'glossary?term=softmax');
      await click(page, 'link', /^Chapter 5/, '#term-softmax');
      await chapterShown(page, 5);
    });

    test(`the first chapter needs at most ${MAX_FIRST_CHAPTER} bytes of programs beyond the first view`, async (context) => {
      const { page, visit } = await open(context, { at: 'board?step=1', serviceWorkers: false });
      await waitForText(page, '.longhand', /=/);
      const before = new Set(await programsOf(page));
      await visit(FIRST);
      await chapterShown(page, 1);
      const later = (await programsOf(page)).filter((file) => !before.has(file));
      expect(later.length).toBeGreaterThan(0);
      const bytes = later.map((file) =>
        gzipSync(readFileSync(path.join(ROOT, 'packages', 'studio', 'dist', file)), { level: 9 }),
      );
      expect(bytes.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(MAX_FIRST_CHAPTER);
    });
  });
});

/** The programs that the page has loaded, by their names in its folder. */
function programsOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname.slice(1))
      .filter((file) => file.endsWith('.js')),
  );
}

/** What axe-core reports, one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
