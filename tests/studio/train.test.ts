import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeModel } from '@longhand/core/files';
import type { Page } from 'puppeteer-core';
import { describe, expect, type TestContext, test } from 'vitest';
import { longhand, temporaryFolder } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';
import { choose, click, fill, find } from './controls.js';
import { waitForDownload } from './downloads.js';
import { draw, STROKES } from './drawing.js';
import type { Studio } from './session.js';
import { inBrowsers, type OpenShared } from './studio.js';
import { figuresOf, shareIn, train, waitForTrained } from './training.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const folder = temporaryFolder();

/** The hashes and the test accuracy of the models that the command trained for the page. */
const MODELS = JSON.parse(
  readFileSync(path.join(ROOT, 'packages', 'studio', 'models', 'models.json'), 'utf8'),
) as Record<string, { parametersSha256: string; test: number }>;

const BOARD = path.join(ROOT, 'packages', 'studio', 'models', 'board-500.safetensors');

const SHORT = ['--iterations', '12', '--seed', '7'];
const SHORT_PLACE = 'train?iterations=12&seed=7';
let shortHash: Promise<string> | undefined;

describe('a page that may share memory', () => {
  inBrowsers((open, browser, openShared) => {
    const openTrain = (context: TestContext, at: string) => trainAfresh(openShared, context, at);

    test('500 iterations reach 84% on the test digits, with the same bits as the command', async (context) => {
      const { page, downloads } = await openTrain(context, 'train');
      const { sha256, figures } = await train(page);
      expect(shareIn(figures.test)).toBeGreaterThanOrEqual(0.84);
      expect(shareIn(figures.test)).toBeCloseTo(MODELS['board-500']!.test, 4);
      expect(sha256).toBe(MODELS['board-500']!.parametersSha256);
      expect(figures.iteration).toMatch(/^500/);
      expect(figures['time left']).not.toMatch(/1 thread\b/);
      // What it learns next takes long, and is computed by the same engine, whose bits are those above.
      if (browser === 'firefox') return;
      // After the run, it learns when to doubt, from the same examples as in the command.
      await waitForText(page, '.result', /knows what is no digit/, 180_000);
      await click(page, 'button', 'Save model');
      const file = await waitForDownload(downloads, new RegExp(`${sha256.slice(0, 8)}\\.safetensors$`));
      const [doubt, shipped] = [file, BOARD].map(
        (name) => decodeModel(readFileSync(name), name).record.doubt!,
      );
      expect(doubt!.examples).toBe(1000);
      expect(doubt!.temperature).toBeCloseTo(shipped!.temperature, 3);
    });

    test('a link replays its run to the same bits, which are those of the command', async (context) => {
      const { page } = await openTrain(context, SHORT_PLACE);
      await keepCopies(page);
      await click(page, 'button', 'Copy a link to this run');
      const link = await copied(page);
      const { sha256 } = await train(page);
      expect(sha256).toBe(await commandsHash());

      const other = await open(context);
      await other.page.goto(link);
      expect((await waitForTrained(other.page)).sha256).toBe(sha256);
      await other.page.reload();
      expect((await train(other.page)).sha256).toBe(sha256);
    });

    test('Step makes one iteration and pauses, Resume continues to the same bits', async (context) => {
      const { page } = await openTrain(context, SHORT_PLACE);
      for (let iteration = 1; iteration <= 3; iteration++) {
        await click(page, 'button', 'Step');
        await expect.poll(async () => (await figuresOf(page)).iteration).toBe(`${iteration}of 12`);
      }
      await waitForText(page, 'main', /paused/);
      await click(page, 'button', 'Resume');
      expect((await waitForTrained(page)).sha256).toBe(await commandsHash());
    });

    test('what is being typed for the zoom of the curves stays when the run goes on', async (context) => {
      const { page } = await openTrain(context, SHORT_PLACE);
      const step = async (iteration: number) => {
        const button = await find(page, 'button', 'Step');
        await button.evaluate((element) => element.click());
        await expect.poll(async () => (await figuresOf(page)).iteration).toBe(`${iteration}of 12`);
      };
      await step(1);
      await waitForText(page, '.train-buttons', /paused/);
      const from = await find(page, 'spinbutton', 'from iteration');
      const textIn = () => from.evaluate((input) => (input as HTMLInputElement).value);
      await from.click({ count: 3 });
      await page.keyboard.type('1.2');
      await step(2);
      expect(await textIn()).toBe('1.2');
      await page.keyboard.type('5');
      await page.keyboard.press('Enter');
      expect(await textIn()).toBe('1.25');
      await find(page, 'button', 'Show all');
      // What is no part of the curves is not taken, and the field shows what holds.
      const to = await find(page, 'spinbutton', 'to');
      const textTo = () => to.evaluate((input) => (input as HTMLInputElement).value);
      const end = await textTo();
      for (const field of [from, to]) {
        await field.click({ count: 3 });
        await page.keyboard.type('40000');
        await page.keyboard.press('Enter');
        expect([await textIn(), await textTo()]).toEqual(['1.25', end]);
      }
      await click(page, 'button', 'Show all');
      expect(await textIn()).toBe('0');
    });

    test('the link belongs to the shown run, even if the settings have been changed', async (context) => {
      const { page } = await openTrain(context, SHORT_PLACE);
      await keepCopies(page);
      const { sha256 } = await train(page);
      await choose(page, /activation$/, 'tanh');
      await fill(page, 'textbox', /^iterations/, '100');
      await click(page, 'button', 'Copy a link to this run');
      const link = new URLSearchParams((await copied(page)).split('?')[1]);
      expect(Object.fromEntries(link)).toEqual({
        iterations: '12',
        seed: '7',
        run: '1',
        hash: sha256.slice(0, 8),
      });
      await waitForText(page, '.train-settings', /It repeats run \d+, not the settings above/);
    });

    test('a finished run’s link says whether the replayed run has the same bits', async (context) => {
      const expected = (await commandsHash()).slice(0, 8);
      const { page } = await openTrain(context, `${SHORT_PLACE}&run=1&hash=${expected}`);
      await waitForText(page, '.result .green', /the same bits as in the link/, 120_000);
      await openTrain(context, `${SHORT_PLACE}&run=1&hash=00000000`);
      await waitForText(page, '.result .red', /not the same bits as in the link, 00000000/, 120_000);
    });

    test('Reset clears the panel and keeps the finished run', async (context) => {
      const { page } = await openTrain(context, SHORT_PLACE);
      const { sha256 } = await train(page);
      await click(page, 'button', 'Reset');
      await waitForText(page, 'table.runs', new RegExp(sha256.slice(0, 8)));
      const { iteration, loss, test: tested } = await figuresOf(page);
      expect([iteration, loss, tested]).toEqual(['–', '–nats', '–at the end']);
      expect(await textOf(page, '[data-sha256]')).toBeUndefined();
    });

    test('a stopped run says where it stopped, and does not promise the same bits', async (context) => {
      const { page } = await openTrain(context, 'train?seed=7');
      await click(page, 'button', 'Step');
      await expect.poll(async () => (await figuresOf(page)).iteration).toBe('1of 500');
      const rates = await find(page, 'textbox', /learning rate/);
      expect(await rates.evaluate((field) => field.matches(':disabled'))).toBe(true);
      await waitForText(page, '.settings legend', /locked until the run ends/);
      await click(page, 'button', 'Stop');
      const result = await waitForText(page, '.result', /stopped after \d+ iterations?/, 120_000);
      expect(result).not.toMatch(/the same bits/);
      expect((await figuresOf(page))['time left']).toMatch(/^–/);
    });

    test('a model trained here is saved, and the command gives the page’s figures for it', async (context) => {
      const { page, downloads } = await openTrain(context, 'train?iterations=30&seed=3');
      const { sha256, figures } = await train(page);
      await click(page, 'button', 'Save model');
      const file = await waitForDownload(downloads, new RegExp(`${sha256.slice(0, 8)}\\.safetensors$`));
      const { code, stdout, stderr } = await longhand(['evaluate', file, '--json'], folder);
      expect(code, stderr).toBe(0);
      const { accuracy, examples } = JSON.parse(stdout);
      expect(examples).toBe(10_000);
      expect(shareIn(figures.test)).toBeCloseTo(accuracy, 4);
    });

    test('three drawn digits are read by a 784-128-10 that was trained here', async (context) => {
      const { page } = await openTrain(
        context,
        'train?hidden=128&initialization=he&alpha=0.3&batchSize=128&epochs=2',
      );
      const { figures, sha256 } = await train(page);
      expect(shareIn(figures.test)).toBeGreaterThan(0.94);
      await click(page, 'link', 'Draw', 'nav');
      await choose(page, 'model', new RegExp(sha256.slice(0, 8)));
      const answer = 'section[aria-labelledby=answer-title]';
      for (const digit of [0, 1, 7]) {
        await draw(page, STROKES[digit]!);
        await waitForText(page, answer, new RegExp(`^the answer ?${digit}[^\\d]`));
        await click(page, 'button', 'Clear');
        await waitForText(page, answer, /^the answer ?Nothing yet/);
      }
    });

    test('a setting out of range gets one line, and no run starts', async (context) => {
      const { page } = await openTrain(context, 'train');
      await fill(page, 'textbox', /learning rate/, '-1');
      const alert = await waitForText(page, '[role=alert]', /./);
      expect(alert).toMatch(/expected a number greater than 0/);
      const button = await find(page, 'button', 'Train');
      expect(await button.evaluate((element) => (element as HTMLButtonElement).disabled)).toBe(true);
      await fill(page, 'textbox', /learning rate/, '0.2');
      await expect
        .poll(async () => {
          const again = await find(page, 'button', 'Train');
          return again.evaluate((element) => (element as HTMLButtonElement).disabled);
        })
        .toBe(false);
    });

    test('a run that diverges says so in one line, and the next one trains', async (context) => {
      const { page } = await openTrain(
        context,
        'train?hidden=10,10,10,10&initialization=he&pixels=raw&alpha=1000000&iterations=12&seed=7',
      );
      await click(page, 'button', 'Train');
      expect(await waitForText(page, '[role=alert]', /./, 120_000)).toMatch(/^iteration \d+: .*not finite/);
      await click(page, 'button', 'Close this message');
      await fill(page, 'textbox', /learning rate/, '0.1');
      await fill(page, 'textbox', /hidden layers/, '10');
      await choose(page, /^initialization/, 'board');
      await choose(page, /^pixel scaling/, 'unit');
      expect((await train(page)).sha256).toBe(await commandsHash());
    });
  });
});

describe('a plain host, in a subfolder, without the headers that isolate', () => {
  inBrowsers(
    (open) => {
      test('without service workers, one thread trains to the same bits, and the page says why', async (context) => {
        const { page, visit } = await open(context, { at: SHORT_PLACE, serviceWorkers: false });
        expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
        await waitForText(page, '.one-thread', /^Training uses one thread\. More threads need two headers/);
        const { sha256, figures } = await train(page);
        expect(sha256).toBe(await commandsHash());
        expect(figures['time left']).toMatch(/1 thread$/);
        expect(await figuresOf(page)).toEqual(figures);
        // Other pages say it, too.
        await visit('glossary');
        await waitForText(page, '.one-thread-foot', /^Training uses one thread here.*two headers/);
      });

      test('the service worker adds them: the page loads again by itself, and two threads train', async (context) => {
        const { page } = await open(context, { at: `${SHORT_PLACE}&threads=2` });
        await waitForIsolation(page);
        expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
        await waitForText(page, 'h1', /^Train$/);
        const { sha256, figures } = await train(page);
        expect(sha256).toBe(await commandsHash());
        expect(figures['time left']).toMatch(/2 threads$/);
        expect(await page.$('.one-thread')).toBeNull();
      });

      test('a page that somebody uses is not loaded again until they say so', async (context) => {
        const { page } = await open(context, { at: SHORT_PLACE });
        await page.keyboard.press('Tab');
        await waitForText(page, '.one-thread', /one thread\. Load the page again/, 120_000);
        await click(page, 'button', 'Load the page again');
        await waitForIsolation(page);
      });
    },
    { isolated: false, folder: '/some/where/longhand/' },
  );
});

/** Opens Train in the shared page, without the run that the test before has left there. */
async function trainAfresh(openShared: OpenShared, context: TestContext, at: string): Promise<Studio> {
  const { page } = await openShared(context, 'train');
  const reset = await find(page, 'button', 'Reset');
  if (await reset.evaluate((button) => !(button as HTMLButtonElement).disabled)) {
    await click(page, 'button', 'Reset');
  }
  // Through another page, so that Train opens as by a link.
  await openShared(context, 'board');
  return openShared(context, at);
}

/** Waits until the page has been loaded again, and may share memory between threads. */
async function waitForIsolation(page: Page): Promise<void> {
  const isIsolated = () => page.evaluate(() => crossOriginIsolated).catch(() => false);
  await expect.poll(isIsolated, { timeout: 120_000 }).toBe(true);
}

/** Records what the page copies: browsers do not let a test read the clipboard. */
async function keepCopies(page: Page): Promise<void> {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      Object.assign(globalThis, { copied: text });
    };
  });
}

function copied(page: Page): Promise<string> {
  return waitFor(page, 'the link', () => (globalThis as { copied?: string }).copied, []);
}

/** The hash of the command's parameters after the short run. */
function commandsHash(): Promise<string> {
  shortHash ??= longhand(
    ['train', ...SHORT, '--json', '--quiet', '--out', path.join(folder, 'short.safetensors')],
    folder,
  ).then(({ stdout }) => JSON.parse(stdout).parametersSha256);
  return shortHash;
}
