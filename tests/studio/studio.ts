import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { afterAll, afterEach, describe, type TestContext } from 'vitest';
import { type BrowserName, type BrowserOptions, endBrowser, startBrowser } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';
import { Foreigners } from './foreigners.js';
import { type Site, type SiteOptions, serveSite } from './site.js';

export const PAGES = ['board', 'train', 'draw', 'examine', 'why'] as const;
export type PageName = (typeof PAGES)[number];

export const TITLES: Readonly<Record<PageName, string>> = {
  board: 'Board',
  train: 'Train',
  draw: 'Draw',
  examine: 'Examine',
  why: 'Why',
};

const LOAD_TIMEOUT = 30_000;

/** The page opened in a browser, as by somebody who was never there before. */
export interface Studio {
  readonly page: Page;
  readonly site: Site;
  /** Where the browser saves what is downloaded. */
  readonly downloads: string;
  /** Requests to anywhere but the site that the browser made, whoever asked for them. */
  readonly foreigners: Foreigners;
  /** What the page or its console reported as an error; a test fails with any that it did not take out. */
  readonly errors: string[];
  /** Opens a page of the studio by its address after `#`. */
  visit(place: string): Promise<void>;
}

export interface OpenOptions {
  /** After `#/`. Default: nothing, as one who types the address alone. Without `open`, no page is opened yet. */
  readonly at?: string;
  readonly open?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Another site than the one of these tests. */
  readonly site?: Site;
}

export type Open = (context: TestContext, options?: OpenOptions) => Promise<Studio>;

/**
 * Describes what holds in both browsers. Each is started by the first test that asks for it, and ended after the last;
 * each test has a fresh profile of its own. A browser that is missing skips its tests and says so.
 */
export function inBrowsers(
  define: (open: Open, name: BrowserName) => void,
  { browsers = ['chromium', 'firefox'], ...site }: SiteOptions & { browsers?: readonly BrowserName[] } = {},
): void {
  for (const name of browsers) {
    describe(name === 'chromium' ? 'Chromium' : 'Firefox', () => define(openingIn(name, site), name));
  }
}

interface Started {
  readonly browser: Browser;
  readonly site: Site;
  readonly foreigners: Foreigners;
  readonly downloads: string;
}

function openingIn(name: BrowserName, siteOptions: SiteOptions): Open {
  let starting: Promise<Started> | undefined;
  const opened: { context: BrowserContext; studio: Studio }[] = [];

  afterEach(async () => {
    const errors: string[] = [];
    for (const { context, studio } of opened.splice(0)) {
      errors.push(...studio.errors);
      await context.close();
    }
    if (errors.length > 0) throw new Error(`the page reported:\n${errors.join('\n')}`);
  });

  afterAll(async () => {
    const started = await starting?.catch(() => undefined);
    if (!started) return;
    await endBrowser(started.browser);
    await started.site.close();
    await started.foreigners.close();
    rmSync(started.downloads, { recursive: true, force: true });
  });

  return async (test, { at, open = true, viewport = { width: 1440, height: 900 }, site } = {}) => {
    const program = programOf(name, test);
    starting ??= start(name, program, siteOptions);
    const started = await starting;
    const { browser, foreigners, downloads } = started;
    const context = await browser.createBrowserContext({
      ...(name === 'chromium' && { downloadBehavior: { policy: 'allow', downloadPath: downloads } }),
    });
    const page = await context.newPage();
    await page.setViewport(viewport);
    const place = site ?? started.site;
    const studio: Studio = {
      page,
      site: place,
      downloads,
      foreigners,
      errors: watch(page),
      async visit(wanted) {
        await page.goto(`${place.url}#/${wanted}`, { waitUntil: 'load', timeout: LOAD_TIMEOUT });
      },
    };
    opened.push({ context, studio });
    if (open && at === undefined) await page.goto(place.url, { waitUntil: 'load', timeout: LOAD_TIMEOUT });
    else if (at !== undefined) await studio.visit(at);
    return studio;
  };
}

async function start(name: BrowserName, program: string, siteOptions: SiteOptions): Promise<Started> {
  const foreigners = await Foreigners.listen();
  const downloads = mkdtempSync(path.join(tmpdir(), 'longhand-downloads-'));
  try {
    const site = await serveSite(siteOptions);
    const browser = await startBrowser(name, program, optionsFor(foreigners, downloads));
    return { browser, site, foreigners, downloads };
  } catch (error) {
    await foreigners.close();
    rmSync(downloads, { recursive: true, force: true });
    throw error;
  }
}

function optionsFor({ port }: Foreigners, downloads: string): BrowserOptions {
  return {
    // Loopback is never asked for through a proxy: what comes there is foreign.
    chromiumArgs: [`--proxy-server=127.0.0.1:${port}`, '--disable-default-apps', '--no-first-run'],
    firefoxPreferences: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': port,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': port,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.helperApps.neverAsk.saveToDisk':
        'application/octet-stream,image/png,image/svg+xml,application/json',
    },
  };
}

function watch(page: Page): string[] {
  const errors: string[] = [];
  page.on('error', (error) => errors.push(`the page crashed: ${error.message}`));
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  return errors;
}
