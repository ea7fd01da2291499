import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, test, vi } from 'vitest';
import { start } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';
import { click, fill, find } from './controls.js';
import { waitForDownload } from './downloads.js';
import { drop } from './dropping.js';
import { inBrowsers } from './studio.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const EXAMPLE = path.join(ROOT, 'packages/studio/src/pages/runs/example-sweep.jsonl');
const lines = readFileSync(EXAMPLE, 'utf8').split('\n').slice(0, -1);

/** Between two lying axes there is room for numbers, a name and a finger, in CSS pixels. */
const MIN_APART = 70;

describe('the page Runs', () => {
  inBrowsers((open, browser) => {
    test('says what it is for, and shows an example: lines, table, curves and which settings matter', async (context) => {
      const { page } = await open(context, { at: 'runs' });
      await waitForText(page, '.runs-empty', /called a sweep/);
      await click(page, 'button', 'Show an example sweep');
      await waitForText(page, '.parallel-told', /60 of 60 trials pass, the best with 9\d\.\d\d%/);
      expect(await page.$$eval('.trial-line', (all) => all.length)).toBe(60);
      expect(await page.$$eval('.trials tbody tr', (all) => all.length)).toBe(12);
      expect(await textOf(page, '.importance')).toMatch(/learning rate ?\d+% ?\d+–\d+%/);
      expect(await textOf(page, '.importance')).toMatch(/could be chance/);
      expect(
        await page.$$eval('.dots svg', (all) => all.map((one) => one.getAttribute('aria-label'))),
      ).toHaveLength(5);
      expect(await page.$$eval('.chosen-list li', (all) => all.length)).toBe(3);
    });

    test('an axis is narrowed by keyboard and by mouse, and words filter', async (context) => {
      const { page } = await open(context, { at: 'runs?example=1' });
      await waitForText(page, '.parallel-told', /60 of 60/);
      const from = await find(page, 'slider', 'learning rate, from');
      await from.evaluate((end) => end.focus());
      for (let k = 0; k < 10; k++) await page.keyboard.press('ArrowUp');
      const half = await waitForText(page, '.parallel-told', /^(?!60)\d+ of 60/);
      expect(await from.evaluate((end) => end.getAttribute('aria-valuetext'))).toBe('0.17');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-label'))).toBe(
        'hidden layers, from',
      );
      await from.evaluate((end) => end.focus());
      await page.keyboard.press('Escape');
      await waitForText(page, '.parallel-told', /^60 of 60/);
      // The same part by mouse.
      const [x, top, bottom] = await page.$eval('.axis-reach', (reach) => {
        const { left, width, top: above, bottom: below } = reach.getBoundingClientRect();
        return [left + width / 2, above + 8, below - 8] as const;
      });
      await page.mouse.move(x, (top + bottom) / 2);
      await page.mouse.down();
      await page.mouse.move(x, top + 20);
      await page.mouse.move(x, top);
      await page.mouse.up();
      expect(await waitForText(page, '.parallel-told', /^(?!60)\d+ of 60/)).toBe(half);
      await click(page, 'button', 'Clear filters');
      await fill(page, 'textbox', 'filter', 'tanh');
      await waitForText(page, '.parallel-told', /^(?!60)\d+ of 60/);
      const cells = await page.$$eval('.trials tbody tr', (rows) => rows.map((row) => row.textContent ?? ''));
      expect(cells.every((text) => text.includes('tanh'))).toBe(true);
    });

    test('from a trial to its command, to Train and to a table for a spreadsheet', async (context) => {
      const { page, downloads } = await open(context, { at: 'runs?example=1' });
      await waitForText(page, '.parallel-told', /60 of 60/);
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: {
            async writeText(text: string) {
              document.title = text;
            },
          },
        });
      });
      await click(page, 'button', /^Copy the command that repeats trial/);
      const command = await waitFor(
        page,
        'the command',
        () => document.title.startsWith('longhand train') && document.title,
        [],
      );
      expect(command).toMatch(
        /^longhand train --hidden \d+ .*--initialization he.*--alpha [\d.]+.* --epochs 1/,
      );
      await page.focus('.trials tbody tr:nth-child(5) input');
      await page.keyboard.press(' ');
      await waitForText(page, '#chosen-title', /the trials that you chose/);
      expect(await page.$$eval('.chosen-list li', (all) => all.length)).toBe(4);
      await click(page, 'button', 'Save as CSV');
      const csv = readFileSync(await waitForDownload(downloads, /trials.*\.csv$/), 'utf8');
      expect(csv.split('\n')[0]).toBe(
        'rank,trial,alpha,hidden,dropout,batchSize,activation,dev accuracy,standard deviation,dev loss,runs,epochs,sha256,failed',
      );
      expect(csv.trim().split('\n')).toHaveLength(61);
      await click(page, 'link', /^Open Train with the settings of trial/);
      await waitForText(page, 'h1', /^Train$/);
      expect(await page.evaluate(() => location.hash)).toMatch(/^#\/train\?hidden=\d+&/);
    });

    test('on a phone, a finger along an axis narrows it, and one across it scrolls the page', async (context) => {
      const viewport = { width: 390, height: 780, hasTouch: true };
      const { page } = await open(context, { at: 'runs?example=1', viewport });
      await waitForText(page, '.parallel-told', /60 of 60/);
      const reach = await page.waitForSelector('.axis-reach');
      await reach!.evaluate((one) => one.scrollIntoView({ block: 'center' }));
      const { x, y, width, height } = (await reach!.boundingBox())!;
      // Axes lie one below the other, and each has room for a finger.
      expect(width).toBeGreaterThan(5 * height);
      const apart = await page.$$eval('.axis-reach', (all) =>
        all.map((one) => one.getBoundingClientRect().top).map((top, k, tops) => top - (tops[k - 1] ?? -1e9)),
      );
      for (const distance of apart) expect(distance).toBeGreaterThan(MIN_APART);
      expect(await reach!.evaluate((one) => getComputedStyle(one).touchAction)).toBe('pan-y');
      // The protocol of Firefox refuses fingers.
      if (browser !== 'chromium') return;
      const middle = y + height / 2;
      const finger = await page.touchscreen.touchStart(x + width / 2, middle);
      for (let part = 0.55; part <= 1; part += 0.05) await finger.move(x + part * width, middle);
      await finger.end();
      await waitForText(page, '.parallel-told', /^(?!60)\d+ of 60/);
      const from = await find(page, 'slider', 'learning rate, from');
      expect(await from.evaluate((end) => end.getAttribute('aria-valuetext'))).toBe('0.17');
      // A touch of the axis lets all through again.
      await page.touchscreen.tap(x + width / 4, middle);
      await waitForText(page, '.parallel-told', /^60 of 60/);
    });

    test('an opened log is there after a reload, until it is deleted', async (context) => {
      const { page } = await open(context, { at: 'runs' });
      await waitForText(page, '.runs-empty', /sweep/);
      await drop(page, [{ name: 'mine.jsonl', bytes: Buffer.from(lines.join('\n').concat('\n')) }]);
      await waitForText(page, '.runs-source', /mine\.jsonl.*60 trials on MNIST/);
      await waitForKept(page, 'sweep', 1);
      await page.reload({ waitUntil: 'load' });
      await waitForText(page, '.runs-source', /mine\.jsonl.*60 trials on MNIST/);
      await waitForText(page, '.parallel-told', /60 of 60/);
      await click(page, 'button', 'Open …');
      await waitForText(page, '.open-files', /mine\.jsonl 60 trials, \d+ kB/);
      await waitForText(page, '.open-files', /This browser keeps .*1 sweep, \d+ kB/);
      await click(page, 'button', 'Delete sweep mine.jsonl', '.open-files');
      await waitForKept(page, 'sweep', 0);
      await page.reload({ waitUntil: 'load' });
      await waitForText(page, '.runs-empty', /sweep/);
    });

    test('a dropped log is shown, cut off or not; a damaged one is refused in one line', async (context) => {
      const studio = await open(context, { at: 'runs' });
      const { page } = studio;
      await waitForText(page, '.runs-empty', /sweep/);
      const cut = `${lines.slice(0, 90).join('\n')}\n${lines[90]!.slice(0, 40)}`;
      await drop(page, [{ name: 'mine.jsonl', bytes: Buffer.from(cut) }]);
      await waitForText(page, '.runs-source', /mine\.jsonl.*60 trials on MNIST.*of 60 are done so far/);
      const damaged = [lines[0], '{"type":"step"}', ''].join('\n');
      await drop(page, [{ name: 'bad.jsonl', bytes: Buffer.from(damaged) }]);
      await waitForText(page, '.notification', /bad\.jsonl: line 2 is not part of a sweep’s log/);
    });
  });

  inBrowsers(
    (open) => {
      test('forced colors: axes, lines, chosen trials and those that are out can be told apart', async (context) => {
        const { page } = await open(context, { at: 'runs?example=1' });
        await waitForText(page, '.parallel-told', /60 of 60/);
        await fill(page, 'textbox', 'filter', 'tanh');
        await waitForText(page, '.parallel-told', /^(?!60)\d+ of 60/);
        const emulation = await page.createCDPSession();
        for (const scheme of ['light', 'dark']) {
          await emulation.send('Emulation.setEmulatedMedia', {
            features: [
              { name: 'forced-colors', value: 'active' },
              { name: 'prefers-color-scheme', value: scheme },
            ],
          });
          const colors = await page.evaluate(() => {
            const colorOf = (selector: string, property: 'stroke' | 'fill') =>
              getComputedStyle(document.querySelector(selector)!)[property];
            return {
              ground: getComputedStyle(document.querySelector('.parallel')!).backgroundColor,
              line: colorOf('.trial-line:not(.out, .chosen) .seen', 'stroke'),
              chosen: colorOf('.trial-line.chosen .seen', 'stroke'),
              out: colorOf('.trial-line.out .seen', 'stroke'),
              axis: colorOf('.axis-line', 'stroke'),
              name: colorOf('.axis-name', 'fill'),
            };
          });
          const { ground, line, chosen, out, axis, name } = colors;
          expect(new Set([ground, line, chosen, out]).size, JSON.stringify(colors)).toBe(4);
          expect([axis, name]).toEqual([line, line]);
        }
        await emulation.detach();
      });

      test('a sweep that goes on is followed: longhand studio --log', async (context) => {
        const folder = mkdtempSync(path.join(tmpdir(), 'longhand-live-'));
        const file = path.join(folder, 'live.jsonl');
        writeFileSync(file, `${lines.slice(0, 62).join('\n')}\n`);
        const command = start(['studio', '--no-open', '--json', '--log', file], ROOT);
        try {
          let stdout = '';
          command.child.stdout!.on('data', (text: string) => {
            stdout += text;
          });
          await vi.waitFor(() => expect(stdout).toContain('\n'), { timeout: 120_000 });
          const { page } = await open(context);
          await page.goto(JSON.parse(stdout).url);
          await waitForText(page, '.runs-source', /live\.jsonl.*0 of 60 are done/);
          appendFileSync(file, `${lines.slice(62, 100).join('\n')}\n${lines[100]!.slice(0, 50)}`);
          await waitForText(page, '.runs-source', /[1-9]\d* of 60 are done/);
          appendFileSync(file, `${lines[100]!.slice(50)}\n${lines.slice(101).join('\n')}\n`);
          await waitForText(page, '.runs-live', /has ended/);
          await waitForText(page, '.parallel-told', /60 of 60/);
        } finally {
          command.child.kill('SIGINT');
          await command.ended;
          rmSync(folder, { recursive: true });
        }
      });
    },
    { browsers: ['chromium'] },
  );
});

/** Waits until the browser's store has so many things of a kind. */
function waitForKept(page: Page, kind: string, count: number): Promise<unknown> {
  return waitFor(page, `${count} in the store`, isKept, [kind, count] as [string, number]);
}

/** Runs in the page. */
async function isKept(kind: string, count: number): Promise<boolean> {
  const asked = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await asked(indexedDB.open('longhand'));
  const found = await asked(database.transaction('items').objectStore('items').index('kind').count(kind));
  database.close();
  return found === count;
}
