import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { goTo } from './go-to.js';
import { PAGES } from './page-registry.js';
import { entryOf, iterationOf, shippedLayers, testDigits } from './reference-implementation.js';
import { serveSite } from './site.js';
import { inBrowsers } from './studio.js';
import { waitFor, waitForText } from './wait-for.js';

/** The four files of digits that are loaded on demand. */
const LATER_FILES = 4;

describe('without a connection', () => {
  inBrowsers((open) => {
    test('after the first visit, every page opens again with its numbers', async (context) => {
      const site = await serveSite({ folder: '/longhand/' });
      onTestFinished(() => site.close());
      const { page, errors } = await open(context, { site, at: 'board?net=100&digit=test:7&entry=Z1[8,0]' });
      await waitForKept(page, 0);
      await site.close();

      await page.reload();
      await waitForWritten(page, 'board-100', 7);
      for (const row of [...PAGES.slice(1), PAGES[0]!]) {
        const { name, title } = row;
        await goTo(page, row);
        await waitFor(page, `the page ${name}`, () => document.querySelector('main .opening') === null, []);
        await waitForText(page, 'h1', new RegExp(`^${title}$`));
      }
      // A model that was not opened before is available, too.
      await page.goto(`${site.url}#/board?net=10&digit=test:7&entry=Z1[8,0]`);
      await waitForWritten(page, 'board-10', 7);
      forgetRefusals(errors);
    });

    test('all 70,000 digits are available once they have been loaded', async (context) => {
      const site = await serveSite();
      onTestFinished(() => site.close());
      // The first visit loads them before the service worker is installed.
      const { page, errors } = await open(context, { site, at: 'board?digit=test:9998&entry=Z1[8,0]' });
      await waitForKept(page, LATER_FILES);
      await site.close();

      await page.reload();
      await waitForWritten(page, 'board-500', 9998);
      forgetRefusals(errors);
    });
  });
});

/** Waits until the page has been cached, and so many files of digits besides the first. */
async function waitForKept(page: Page, files: number): Promise<void> {
  await waitFor(
    page,
    `the page and ${files} files of digits kept`,
    async (wanted) => {
      if (!navigator.serviceWorker.controller) return false;
      let digits = 0;
      for (const name of await caches.keys()) {
        if (!name.startsWith('longhand digits')) continue;
        digits += (await (await caches.open(name)).keys()).length;
      }
      return digits === wanted;
    },
    [files],
  );
}

/** Waits until the board shows the right Z¹₈ of a model for a test digit. */
async function waitForWritten(page: Page, model: string, digit: number): Promise<void> {
  const expected = entryOf(iterationOf(shippedLayers(model), testDigits(digit, 1), 0.1), 'Z1[8,0]');
  const written = () =>
    page.evaluate(() => Number(document.querySelector<HTMLElement>('[data-entry="Z1[8,0]"]')?.dataset.value));
  await expect.poll(written).toBeCloseTo(expected, 10);
}

/**
 * Removes the errors that the browser reports when it asks for a newer page or for digits that were
 * never loaded.
 */
function forgetRefusals(errors: string[]): void {
  const refusal = /ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to load .*\/data\/.*ServiceWorker/;
  for (const error of errors.splice(0)) if (!refusal.test(error)) errors.push(error);
}
