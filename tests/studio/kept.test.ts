// Nothing that somebody made is lost: a reload, a full or forbidden store, the way from one page to the next.
import { readFileSync } from 'node:fs';
import { createNetwork } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { encode } from 'fast-png';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { choose, click, fill, find, findAll } from './controls.js';
import { waitForDownload } from './downloads.js';
import { draw, STROKES } from './drawing.js';
import { drop } from './dropping.js';
import { inBrowsers } from './studio.js';
import { figuresOf, train, waitForTrained } from './training.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const LOG = [
  '{"type":"run","version":1,"data":"MNIST","layers":[784,10,10],"examples":59000,"settings":{"alpha":0.3}}',
  '{"type":"step","iteration":0,"epoch":0,"seconds":0,"loss":2.4,"accuracy":0.1,"dev":{"examples":1000,"loss":2.4,"accuracy":0.11}}',
  '{"type":"step","iteration":10,"epoch":10,"seconds":1,"loss":1.9,"accuracy":0.4,"dev":{"examples":1000,"loss":1.8,"accuracy":0.45}}',
  '',
].join('\n');
const bytesOf = (text: string) => new TextEncoder().encode(text);

const modelOf = (seed: number) =>
  encodeModel({
    network: createNetwork({ layers: [784, 9, 10], seed }),
    record: {
      ...{ width: 28, height: 28, classNames: [...'0123456789'], pixelScale: 1 / 255 },
      settings: { seed },
      results: {},
    },
  });
const PICTURE = encode({ width: 28, height: 28, channels: 1, depth: 8, data: new Uint8Array(784) });

describe('what is kept', () => {
  inBrowsers((_open, browser, openShared) => {
    test('a run, its name, its model and the count of openings survive a reload', async (context) => {
      const { page } = await openShared(context, 'train?iterations=12&seed=7');
      const { sha256, figures } = await train(page);
      await fill(page, 'textbox', 'Name of run 1', 'the first');
      await waitForKept(page, 'run', /the first/);
      await waitForKept(page, 'progress', /"openings".*:1/);
      await waitForKept(page, 'model', /trained here/);
      await page.reload({ waitUntil: 'load' });
      await waitForText(page, '[data-sha256]', new RegExp(sha256.slice(0, 8)));
      expect(await textIn(page, 'Name of run 1')).toBe('the first');
      expect(await textOf(page, '.result')).toContain('has been opened once');
      expect(await textOf(page, '.figures-row')).toContain(figures.test!.slice(0, 6));
      await find(page, 'link', 'Draw for it');
    });

    // What follows is the same program in both browsers.
    if (browser !== 'chromium') return;

    test('logs stand beside the run, it can be scrubbed, and the next pages have chosen its model', async (context) => {
      const { page, downloads } = await openShared(context, 'train');
      const sha256 = await page.evaluate(
        () => document.querySelector<HTMLElement>('[data-sha256]')!.dataset.sha256!,
      );
      const own = `own:${sha256.slice(0, 8)}`;
      // A log of the command stands beside it, with the setting in which it differs.
      await drop(page, [{ name: 'of-the-command.jsonl', bytes: bytesOf(LOG) }]);
      await waitForText(page, '.notification', /^of-the-command\.jsonl: 1 run of the command/);
      expect(await textIn(page, 'Name of run 2')).toBe('of-the-command.jsonl');
      expect(await textOf(page, 'table.runs thead')).toContain('α');
      await click(page, 'button', 'Save as CSV');
      await waitForDownload(downloads, /^longhand-runs\.csv$/);
      await fill(page, 'textbox', 'filter', 'first');
      await waitForText(page, '.runs-part', /1 of 2 runs/);

      // Back to the start of the run: its pictures, its figures, and Board.
      const scrub = await find(page, 'slider', /^go back through the run/);
      await scrub.evaluate((input) => {
        (input as HTMLInputElement).value = '0';
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await waitForText(page, '.scrub', /iteration 0 loss/);
      await click(page, 'button', 'See this iteration on Board');
      await waitForText(page, '.board-choices', /run 1 after 0 iterations/);
      expect(await networkOf(page)).toMatch(/^own:/);
      expect(await networkOf(page)).not.toBe(own);
      // A look back is not the newest model.
      await openShared(context, 'board?net=own');
      await waitForText(page, '.longhand [data-entry]', /=/);
      expect(await networkOf(page)).toBe(own);

      await click(page, 'link', 'Train');
      await click(page, 'link', 'See it on Board');
      await waitForText(page, '.longhand [data-entry]', /=/);
      expect(await networkOf(page)).toBe(own);
      await page.reload({ waitUntil: 'load' });
      await waitForText(page, '.longhand [data-entry]', /=/);
      expect(await networkOf(page)).toBe(own);
      expect(await textOf(page, 'main')).not.toContain('is not here');

      // From the picture on Board to Examine and back.
      await click(page, 'link', 'in Examine');
      await waitForText(page, '#open-card-title', /test digit 169/);
      await click(page, 'link', /on the Board/);
      await waitForText(page, '.longhand [data-entry]', /=/);
      expect(await networkOf(page)).toBe(own);

      await click(page, 'link', 'Train');
      await click(page, 'link', 'Draw for it');
      await waitFor(
        page,
        'the model on Draw',
        (name) => document.querySelector<HTMLSelectElement>('.model-menu select')?.value.startsWith(name),
        [`own ${sha256}`],
      );
    });

    test('a run that a reload interrupts goes on, to the same parameters as without', async (context) => {
      const { page } = await openShared(context, 'train');
      const uninterrupted = await page.evaluate(
        () => document.querySelector<HTMLElement>('[data-sha256]')!.dataset.sha256!,
      );
      await openShared(context, 'train?iterations=12&seed=7');
      await click(page, 'button', 'Step');
      await waitForText(page, '.train-buttons', /paused/);
      // A name that is being typed stays when the figures beside it change.
      const title = (await findAll(page, 'textbox', /^Name of run/)).at(-1)!;
      await title.focus();
      await page.keyboard.type('not ');
      const step = await find(page, 'button', 'Step');
      await step.evaluate((button) => button.click());
      await expect.poll(async () => (await figuresOf(page)).iteration).toBe('2of 12');
      await page.keyboard.type('alone');
      await page.keyboard.press('Tab');
      expect(await title.evaluate((input) => (input as HTMLInputElement).value)).toBe('not alone');
      await waitForKept(page, 'run', /"iteration":2,.*"state":"interrupted"/);
      await page.reload({ waitUntil: 'load' });
      await waitForText(page, '.result', /kept up to iteration 2 of 12, and nothing is lost/);
      await click(page, 'button', 'Continue');
      const { sha256 } = await waitForTrained(page);
      expect(sha256).toBe(uninterrupted);
      expect(await textOf(page, '.result')).toContain('the same settings give the same bits');
    });

    test('a drawing is on the pad again, and one that is kept has a name', async (context) => {
      const { page } = await openShared(context, 'draw');
      await draw(page, STROKES[1]!);
      await click(page, 'button', 'Keep this drawing');
      await fill(page, 'textbox', 'Name of the drawing drawing 1', 'my one');
      await waitForKept(page, 'drawing', /on the pad/);
      await waitForKept(page, 'drawing', /my one/);
      await page.evaluate(() => {
        location.hash = '#/glossary';
      });
      await page.reload({ waitUntil: 'load' });
      await page.evaluate(() => {
        location.hash = '#/draw';
      });
      await waitFor(page, 'the drawing', () => location.hash.includes('ink='), []);
      await find(page, 'link', 'Show the drawing my one');
    });

    test('Examine says that the model of a link is not here, and which one it shows', async (context) => {
      const { page } = await openShared(context, 'examine?model=own:01234567');
      await waitForText(
        page,
        '.another-model',
        /not here\..*Below you see “784-128-10, trained in advance” instead/,
      );
    });

    test('what is dropped in the wrong place is named, and where it belongs', async (context) => {
      const { page } = await openShared(context, 'train');
      await drop(page, [{ name: 'seven.png', bytes: PICTURE }]);
      await waitForText(
        page,
        '[role=alert]',
        /^seven\.png is one picture\. To have it read, open the page Draw/,
      );
      await drop(page, [{ name: 'cut.jsonl', bytes: bytesOf(`${LOG}hello\n`) }]);
      await waitForText(page, '[role=alert]', /^cut\.jsonl: line 4 is not part of a run log/);
      await click(page, 'button', 'Close this message');
    });

    test('a model gets another name, is saved with everything and deleted, and comes back from the file', async (context) => {
      const { page, downloads } = await openShared(context, 'draw');
      await drop(page, [{ name: 'mine.safetensors', bytes: modelOf(6) }]);
      await waitForText(page, '.notification', /^mine\.safetensors: a network/);
      await click(page, 'button', 'Open …');
      await fill(page, 'textbox', 'Name of the model mine', 'renamed');
      await waitForKept(page, 'model', /renamed/);
      await page.reload({ waitUntil: 'load' });
      await click(page, 'button', 'Open …');
      await waitForText(page, '.open-files', /This browser keeps \d models?, \d+ kB/);
      expect(await textIn(page, 'Name of the model renamed')).toBe('renamed');
      // Runs and drawings are listed beside the models.
      await find(page, 'link', 'Show run 1', { within: '.open-files' });
      expect(await textIn(page, 'Name of the drawing my one', '.open-files')).toBe('my one');
      await click(page, 'button', 'Save all');
      const saved = await waitForDownload(downloads, /^longhand-kept\.zip$/);
      await click(page, 'button', 'Delete the model renamed');
      await click(page, 'button', 'Delete the drawing my one', '.open-files');
      await waitForKept(page, 'drawing', /my one/, false);
      await waitForKept(page, 'model', /renamed/, false);
      await page.reload({ waitUntil: 'load' });
      await click(page, 'button', 'Open …');
      await waitForText(page, '.open-files', /This browser keeps \d model/);
      expect(await findAll(page, 'textbox', /^Name of the model renamed/)).toEqual([]);

      await drop(page, [{ name: 'longhand-kept.zip', bytes: readFileSync(saved) }]);
      await waitForText(page, '.notification', /renamed-[0-9a-f]{8}\.safetensors: a network of 784 → 9 → 10/);
      await waitForKept(page, 'drawing', /my one/);
    });

    for (const [state, name, said] of [
      ['forbidden', 'SecurityError', /does not let the page keep anything/],
      ['full', 'QuotaExceededError', /store of this browser is full/],
    ] as const) {
      test(`where the store is ${state}, one line says so, and models work`, async (context) => {
        const { page } = await openShared(context, 'draw');
        const { identifier } = await page.evaluateOnNewDocument((error) => {
          const refuse = () => {
            throw new DOMException('', error);
          };
          if (error === 'SecurityError') IDBFactory.prototype.open = refuse;
          else IDBObjectStore.prototype.put = refuse;
        }, name);
        await page.reload({ waitUntil: 'load' });
        await page.removeScriptToEvaluateOnNewDocument(identifier);
        await find(page, 'combobox', 'model');
        await drop(page, [{ name: `${state}.safetensors`, bytes: modelOf(state.length) }]);
        await waitForText(page, '.notification', new RegExp(`^${state}\\.safetensors`));
        await click(page, 'button', 'Close this message');
        await waitForText(page, '.notification', said);
        await choose(page, 'model', state);
        await waitForText(page, '.model-choice', /784 → 9 ReLU → 10 softmax/);
      });
    }
  });
});

/** Waits until the browser's store has something of a kind, which as text is like a pattern. */
function waitForKept(page: Page, kind: string, pattern: RegExp, isThere = true): Promise<unknown> {
  const what = `${isThere ? 'a' : 'no'} ${kind} like ${String(pattern)} in the store`;
  return waitFor(page, what, isKept, [kind, pattern.source, isThere] as [string, string, boolean]);
}

/** Runs in the page. */
async function isKept(kind: string, pattern: string, isThere: boolean): Promise<boolean> {
  const asked = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await asked(indexedDB.open('longhand'));
  const items = await asked(database.transaction('items').objectStore('items').index('kind').getAll(kind));
  database.close();
  const short = (_: string, value: unknown) => (ArrayBuffer.isView(value) ? undefined : value);
  return isThere === items.some((item) => new RegExp(pattern).test(JSON.stringify(item, short)));
}

async function textIn(page: Page, name: string, within = 'body'): Promise<string> {
  const field = await find(page, 'textbox', name, { within });
  return field.evaluate((input) => (input as HTMLInputElement).value);
}

/** The network that the board has chosen. */
async function networkOf(page: Page): Promise<string> {
  const select = await find(page, 'combobox', /^model/);
  return select.evaluate((element) => (element as HTMLSelectElement).value);
}
