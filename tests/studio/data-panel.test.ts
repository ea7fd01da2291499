import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { click } from './controls.js';
import { waitForDownload } from './downloads.js';
import { drop } from './dropping.js';
import { inBrowsers } from './studio.js';
import { textOf, waitForText } from './wait-for.js';

const IRIS = new URL('../../fixtures/iris.csv', import.meta.url);
const PANEL = '.data-panel:not(.waiting)';

describe('what the data are', () => {
  inBrowsers((open) => {
    test('is shown of dropped data, can be saved as a page, and is folded for MNIST', async (context) => {
      const { page, downloads } = await open(context, { at: 'train' });
      // MNIST is described when somebody asks.
      await waitForText(page, '.about-line', /MNIST/);
      expect(await page.$(PANEL)).toBeNull();
      await click(page, 'button', 'What are these data?');
      await page.waitForSelector(PANEL);
      expect(await textOf(page, '.data-figures')).toMatch(/90%/);
      expect(await page.$$eval('.data-classes .digit', (all) => all.length)).toBe(80);
      await click(page, 'button', 'Hide');

      await drop(page, [{ name: 'flowers.csv', bytes: readFileSync(IRIS) }]);
      await waitForText(page, PANEL, /petal width/);
      const words = await textOf(page, PANEL);
      expect(words).toMatch(/setosa/);
      expect(words).toMatch(/versicolor or virginica\?/);

      await click(page, 'button', /^Save as a page/);
      const saved = readFileSync(await waitForDownload(downloads, /^flowers.*\.html$/), 'utf8');
      expect(saved).toMatch(/^<!doctype html>/);
      expect(saved).toContain('petal width (cm)');
    });
  });
});
