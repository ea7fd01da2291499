import { describe, expect, test } from 'vitest';
import { inBrowsers } from './studio.js';
import { waitFor, waitForQuiet } from './wait-for.js';

/** The size of a window that is zoomed in, in CSS pixels. */
const WINDOWS = [
  { what: '1280 pixels at 400%', width: 320, height: 640 },
  { what: '1440 × 900 pixels at 200%', width: 720, height: 450 },
];
const PLACES = [
  'board',
  'train',
  'runs',
  'runs?example=1',
  'glossary?term=W',
  'draw?ink=d115',
  'examine',
  'learn',
  'learn?for=teachers',
  'learn?chapter=one-unit',
  'learn?chapter=exercise',
  'why',
  'why?experiment=no-relu',
  'why?experiment=kdnuggets',
];

describe('zoomed in, a page needs no horizontal scrolling', () => {
  inBrowsers(
    (open) => {
      for (const { what, ...viewport } of WINDOWS) {
        test(what, async (context) => {
          const { page, visit } = await open(context, { viewport });
          for (const at of PLACES) {
            await visit(at);
            await waitFor(page, at, () => document.querySelector('main .opening') === null, []);
            await waitForQuiet(page);
            const [wide, across] = await page.evaluate(() => {
              const { scrollWidth, clientWidth } = document.documentElement;
              return [scrollWidth, clientWidth];
            });
            expect(wide, at).toBeLessThanOrEqual(across!);
          }
        });
      }
    },
    { browsers: ['chromium'] },
  );
});
