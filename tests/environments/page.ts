// Built pages in Chromium.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import sirv from 'sirv';
import { afterAll, type TestContext } from 'vitest';
import { endBrowser, startBrowser } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';

/** What carry-out.js answers. */
export interface Outcome {
  readonly sha256: string;
  readonly threads: number;
  readonly accuracy: number;
  readonly steps: number;
  /** What the short way predicts. */
  readonly label: string;
  readonly isolated: boolean | null;
}

export const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

const open: (() => Promise<void>)[] = [];
let browser: Promise<Browser> | undefined;

afterAll(async () => {
  for (const close of open.splice(0)) await close();
  const started = await browser?.catch(() => undefined);
  browser = undefined;
  if (started) await endBrowser(started);
});

/** Serves a folder on this machine, with these headers, until the tests have ended. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = ISOLATION,
): Promise<Site> {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  open.push(close);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors and warnings of the console, with their kind before them. */
  readonly messages: string[];
  /** Has the page train with these options. */
  train(options?: object): Promise<Outcome>;
}

/** Opens a page, and waits until it has this element; without one, until it sets `globalThis.carryOut`. */
export async function openPage(url: string, context: TestContext, ready?: string): Promise<OpenedPage> {
  const program = programOf('chromium', context);
  browser ??= startBrowser('chromium', program);
  const page = await (await browser).newPage();
  page.setDefaultTimeout(120_000);
  const messages: string[] = [];
  page.on('console', (message) => {
    // Dev servers tell of themselves in the others.
    if (['warn', 'error'].includes(message.type())) messages.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
  await page.goto(url, { waitUntil: 'load' });
  try {
    if (ready) await page.waitForSelector(ready);
    else await page.waitForFunction(() => 'carryOut' in globalThis);
  } catch {
    throw new Error(`${url}: the page did not start:\n${messages.join('\n')}`);
  }
  return {
    page,
    messages,
    train: (options = {}) =>
      page.evaluate(
        (given: object) =>
          (globalThis as unknown as { carryOut: (options: object) => Promise<Outcome> }).carryOut(given),
        options,
      ),
  };
}
