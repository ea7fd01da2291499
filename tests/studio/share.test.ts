import { describe, expect, test } from 'vitest';
import { click } from './controls.js';
import { draw, STROKES } from './drawing.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

describe('share and present', () => {
  inBrowsers((_open, _name, openShared) => {
    test('the dialog has the link to a drawing, its QR code, and a frame of one part without a control', async (context) => {
      const { page, site, errors } = await openShared(context, 'draw');
      await draw(page, STROKES[3]!);
      await waitForText(page, 'section[aria-labelledby=answer-title]', /^the answer ?3/);
      await click(page, 'button', 'Share');
      await page.waitForSelector('dialog.share-dialog[open] .qr-code');
      const textIn = (id: string) =>
        page.$eval(id, (element) => (element as HTMLTextAreaElement | HTMLInputElement).value);
      const link = await textIn('#share-link');
      expect(link).toBe(page.url());
      expect(link).toMatch(/#\/draw\?.*ink=s/);
      await page.evaluate(() => document.querySelector<HTMLElement>('dialog.share-dialog summary')!.click());
      await page.select('dialog.share-dialog select', 'pad');
      await click(page, 'checkbox', 'Read a photo');
      expect(await textIn('#share-frame')).toContain(
        `src="${link.replace(/&/g, '&amp;')}&amp;embed=1&amp;part=pad&amp;hide=photo"`,
      );
      expect(await textOf(page, 'dialog.share-dialog')).toContain('works on it alone');
      await click(page, 'button', 'Close', 'dialog.share-dialog');
      // The dialog's styles change nothing else.
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      expect(site.missing).toEqual([]);
      expect(errors).toEqual([]);
    });

    test('a presented board fills the screen; arrow keys and Space step; Play has a speed; Escape leaves', async (context) => {
      const { page } = await openShared(context, 'board?present=1&step=2');
      const before = page.viewport();
      await page.setViewport({ width: 1920, height: 1080 });
      try {
        const zoom = await waitFor(
          page,
          'a larger board',
          () => {
            const { scrollHeight, clientHeight } = document.getElementById('main')!;
            const size = Number(document.querySelector<HTMLElement>('.board')?.style.zoom);
            return size > 1.2 && scrollHeight <= clientHeight + 1 ? size : 0;
          },
          [],
        );
        expect(zoom).toBeGreaterThan(1.2);
        expect(await page.evaluate(() => document.querySelector('nav')!.checkVisibility())).toBe(false);
        for (const [key, step] of [
          ['ArrowRight', 3],
          [' ', 4],
          ['PageDown', 5],
          ['ArrowLeft', 4],
        ] as const) {
          await page.keyboard.press(key);
          await waitForText(page, '.equation.lit .number', new RegExp(`^${step}$`));
        }
        await page.select('.speed select', '4');
        const start = performance.now();
        await click(page, 'button', 'Play');
        await waitForText(page, '.equation.lit .number', /^7$/);
        expect(performance.now() - start).toBeGreaterThan(1000);
        await click(page, 'button', 'Pause');
        await page.keyboard.press('Escape');
        await waitFor(page, 'navigation', () => document.querySelector('nav')!.checkVisibility(), []);
        expect(page.url()).toMatch(/#\/board\?step=\d+&speed=4$/);
      } finally {
        await page.setViewport(before);
      }
    });
  });
});
