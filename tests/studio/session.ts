import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'puppeteer-core';
import { type BrowserName, type BrowserOptions, endBrowser, startBrowser } from '../runtimes/browser.js';
import { OtherOrigins } from './other-origins.js';
import { type Site, type SiteOptions, serveSite } from './site.js';

const LOAD_TIMEOUT = 90_000;

/** The page opened in a browser with a fresh profile. */
export interface Studio {
  readonly page: Page;
  readonly site: Site;
  /** The browser's download folder. */
  readonly downloads: string;
  /** The browser's requests to other origins than the site. */
  readonly otherOrigins: OtherOrigins;
  /** Errors that the page or its console reported. */
  readonly errors: string[];
  /** Opens a page of the studio by its address after `#/`; '' opens the site's own address. */
  visit(place: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The address after `#/`; without it no page is opened yet. */
  readonly at?: string;
  readonly viewport?: { readonly width: number; readonly height: number; readonly hasTouch?: boolean };
  /** A site other than the session's. */
  readonly site?: Site;
  /** True: somebody who has never been here, to whom the tour opens. Default false. */
  readonly isNewcomer?: boolean;
  /** False: the browser has no service workers, as where they are forbidden. Default true. */
  readonly serviceWorkers?: boolean;
}

/** A browser and a site to open in it. */
export interface Session {
  readonly site: Site;
  /** Opens the page with a profile of its own: empty cache and storage, no service worker. */
  open(options?: OpenOptions): Promise<Studio>;
  end(): Promise<void>;
}

/** Starts a browser, and a server for the page. */
export async function startSession(
  name: BrowserName,
  program: string,
  siteOptions: SiteOptions = {},
): Promise<Session> {
  const otherOrigins = await OtherOrigins.listen();
  const downloads = mkdtempSync(path.join(tmpdir(), 'longhand-downloads-'));
  const site = await serveSite(siteOptions);
  async function end() {
    await site.close();
    await otherOrigins.close();
    rmSync(downloads, { recursive: true, force: true });
  }
  const browser = await startBrowser(name, program, optionsFor(otherOrigins, downloads)).catch(
    async (error: unknown) => {
      await end();
      throw error;
    },
  );
  return {
    site,
    async open({
      at,
      viewport = { width: 1440, height: 900 },
      site: other = site,
      serviceWorkers = true,
      isNewcomer = false,
    } = {}) {
      const profile: BrowserContextOptions =
        name === 'chromium' ? { downloadBehavior: { policy: 'allow', downloadPath: downloads } } : {};
      const context = await askTwice(() => browser.createBrowserContext(profile));
      const page = await askTwice(() => context.newPage());
      page.setDefaultTimeout(LOAD_TIMEOUT);
      await page.setViewport(viewport);
      if (!isNewcomer) await page.evaluateOnNewDocument(rememberVisit);
      if (!serviceWorkers) {
        await page.evaluateOnNewDocument(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
      }
      const studio: Studio = {
        page,
        site: other,
        downloads,
        otherOrigins: otherOrigins,
        errors: watch(page),
        async visit(place) {
          const url = place ? `${other.url}#/${place}` : other.url;
          await page.goto(url, { waitUntil: 'load' });
        },
        close: () => context.close(),
      };
      if (at !== undefined) await studio.visit(at);
      return studio;
    },
    async end() {
      await endBrowser(browser);
      await end();
    },
  };
}

/** Runs in the page: it has been visited before, and the board was wanted all at once. */
function rememberVisit(): void {
  try {
    localStorage['longhand board'] ??= 'all';
  } catch {
    // An empty page has no storage.
  }
}

/**
 * Asks the browser, and once more if the answer belonged to another question: Chromium's answer for
 * a worker that has just ended names no session, so puppeteer takes it for the answer to the
 * browser's own question with the same number.
 */
async function askTwice<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!/Session with given id not found/.test(String(error))) throw error;
    return ask();
  }
}

function optionsFor({ port }: OtherOrigins, downloads: string): BrowserOptions {
  return {
    // Loopback does not go through the proxy: everything that arrives there goes to another origin.
    chromiumArgs: [`--proxy-server=127.0.0.1:${port}`],
    firefoxPreferences: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': port,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': port,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      // The panel takes the focus, and a field without it reports no change.
      'browser.download.alwaysOpenPanel': false,
      'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream,image/png,image/svg+xml',
    },
  };
}

/**
 * What Firefox reports when a page is left while its service worker answers, with the address or
 * without. What the worker itself does wrong is reported in other words ("passed a promise … that
 * rejected").
 */
const LEFT_BEFORE_ANSWERED =
  /Failed to load ‘[^’]*’\. A ServiceWorker intercepted the request and encountered an unexpected error/;

/**
 * The same for a font that was still loading: NS_BINDING_ABORTED. A font that is missing has another status.
 */
const LEFT_BEFORE_FONT = /downloadable font: download failed .* status=2152398850 /;

/** Firefox cannot hand what runs before a document to a sandboxed frame, which needs none of it. */
const NOT_FOR_SANDBOXES = /Permission denied to access property "length"/;

function watch(page: Page): string[] {
  const errors: string[] = [];
  page.on('error', (error) => errors.push(`the page crashed: ${error.message}`));
  page.on('pageerror', (error) => {
    const isHarmless = [LEFT_BEFORE_ANSWERED, LEFT_BEFORE_FONT, NOT_FOR_SANDBOXES].some((pattern) =>
      pattern.test(error.message),
    );
    if (!isHarmless) errors.push(`uncaught: ${error.stack ?? error.message}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  return errors;
}
