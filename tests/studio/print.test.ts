import { describe, expect, test } from 'vitest';
import { inBrowsers } from './studio.js';
import { waitFor, waitForQuiet } from './wait-for.js';

/** Of each page, how many sheets of A4 it deserves. */
const SHEETS: Readonly<Record<string, number>> = {
  'board?step=3': 1,
  train: 1,
  runs: 1,
  'runs?example=1': 2,
  'draw?ink=d115': 1,
  examine: 2,
  why: 1,
  'why?experiment=no-bias': 1,
  'why?experiment=no-relu': 2,
  'why?experiment=kdnuggets': 1,
  glossary: 2,
};

describe('every page is printed on few sheets', () => {
  inBrowsers(
    (_open, _name, openShared) => {
      test('as many as it deserves, each as wide as its sheet', async (context) => {
        for (const [at, sheets] of Object.entries(SHEETS)) {
          const { page } = await openShared(context, at);
          await waitFor(page, at, () => document.querySelector('main .waiting') === null, []);
          await waitForQuiet(page, 500);
          const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
          expect(pdf.match(/\/Type\s*\/Page\b/g)?.length, at).toBe(sheets);
          expect(pdf, at).toMatch(/\/MediaBox\s*\[\s*0 0 84[12]/);
        }
      });
    },
    { browsers: ['chromium'] },
  );
});
