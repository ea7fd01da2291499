import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { afterEach, describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { PAGES, PARTS } from './page-registry.js';
import { inBrowsers } from './studio.js';
import { waitFor, waitForText } from './wait-for.js';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A page of another origin, with a frame. */
async function pageAround(frame: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url !== '/') {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><html lang="en"><title>A lesson</title><h1>A lesson</h1>${frame}</html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

async function frameOf(page: Page, site: string): Promise<Frame> {
  const end = performance.now() + 45_000;
  for (;;) {
    const found = page.frames().find((frame) => frame.url().startsWith(site));
    if (found) return found;
    if (performance.now() > end) throw new Error(`no frame of ${site} within 45 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** What the main part of the page shows, and what of it stands outside of the frame. */
const shownIn = () => {
  const seen = (selector: string) =>
    [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
  const main = document.getElementById('main')!;
  return {
    equations: seen('.equation'),
    networks: seen('.network'),
    navigation: seen('nav'),
    steps: seen('.step-buttons'),
    choices: seen('.board-choices'),
    over: main.scrollHeight - main.clientHeight,
    across: document.documentElement.scrollWidth - innerWidth,
  };
};

test('docs/teaching.md names every part and every control of every page', () => {
  const text = readFileSync(path.join(ROOT, 'docs/teaching.md'), 'utf8');
  expect(Object.keys(PARTS)).toEqual(PAGES.map(({ name }) => name));
  for (const [page, { parts, controls }] of Object.entries(PARTS)) {
    const row = text.split('\n').find((line) => line.startsWith(`| *${page}*`)) ?? '';
    for (const { name } of [...parts.slice(1), ...controls]) expect(row, page).toContain(`\`${name}\``);
  }
});

describe('in a frame of a page of another origin', () => {
  inBrowsers((open) => {
    test('one equation fills its frame, keeps its state in its address, and leaves out what is named', async (context) => {
      const { page, site } = await open(context);
      const source = `${site.url}#/board?embed=1&amp;part=equation&amp;step=3&amp;hide=choices,longhand`;
      await page.goto(await pageAround(`<iframe src="${source}" width="700" height="300"></iframe>`));
      const frame = await frameOf(page, site.url);
      await waitForText(frame, '.equation.lit .number', /^3$/);
      await waitFor(frame, 'one equation', () => document.documentElement.dataset.shown === 'equation', []);
      const shown = await waitFor(
        frame,
        'the zoom',
        () => (document.querySelector<HTMLElement>('.board')?.style.zoom ? true : undefined),
        [],
      ).then(() => frame.evaluate(shownIn));
      expect(shown).toMatchObject({ equations: 1, networks: 0, navigation: 0, steps: 1, choices: 0 });
      expect(shown.over).toBeLessThanOrEqual(1);
      expect(shown.across).toBeLessThanOrEqual(0);
      await frame.evaluate(() => {
        const next = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Next');
        next!.click();
      });
      await waitForText(frame, '.equation.lit .number', /^4$/);
      expect(await frame.evaluate(() => location.hash)).toMatch(
        /embed=1&part=equation&step=4&hide=choices,longhand$/,
      );
      // The rest of Longhand is one link away, in a window of its own and without the frame.
      const link = await frame.evaluate(() => {
        const { href, target } = document.querySelector<HTMLAnchorElement>('.stage-bar a')!;
        return { href, target };
      });
      expect(link).toEqual({ href: `${site.url}#/board?step=4`, target: '_blank' });
    });

    test('without shared memory a chart trains with one thread and says why', async (context) => {
      const { page, site } = await open(context);
      const source = `${site.url}#/train?embed=1&amp;part=accuracy&amp;iterations=3&amp;run=1`;
      await page.goto(await pageAround(`<iframe src="${source}" width="700" height="420"></iframe>`));
      const frame = await frameOf(page, site.url);
      await waitForText(frame, '.one-thread', /^Training uses one thread\..*allow="cross-origin-isolated"/);
      await waitForText(frame, '.chart[data-part=accuracy] table', /iteration 3/, 120_000);
      const charts = () => [...document.querySelectorAll('.chart')].map((one) => one.checkVisibility());
      expect(await frame.evaluate(charts)).toEqual([true, false]);
      expect(await frame.evaluate(() => crossOriginIsolated)).toBe(false);
    });

    test('with shared memory it has more threads', async (context) => {
      const { page, site } = await open(context);
      const source = `${site.url}#/train?embed=1&amp;part=accuracy&amp;iterations=3&amp;run=1`;
      const frameTag = `<iframe src="${source}" width="700" height="420" allow="cross-origin-isolated"></iframe>`;
      await page.goto(await pageAround(frameTag, ISOLATED));
      const frame = await frameOf(page, site.url);
      await waitForText(frame, '.chart[data-part=accuracy] table', /iteration 3/, 120_000);
      expect(await frame.evaluate(() => crossOriginIsolated)).toBe(true);
      expect(await frame.evaluate(() => document.querySelector('.one-thread'))).toBeNull();
    });
  });
});
