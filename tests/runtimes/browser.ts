import { type Browser, type LaunchOptions, launch } from 'puppeteer-core';
import { JOB_TIMEOUT, LateError, type Runtime, within } from './runtime.js';
import type { carryOut, Job } from './same-bits.js';

export type BrowserName = 'chromium' | 'firefox';

const START_TIMEOUT = 90_000;
/** Then it is ended by force. */
const END_TIMEOUT = 10_000;
const PAGE_END_TIMEOUT = 45_000;

/** A port of this machine on which nothing listens. */
const NOWHERE = 'http://127.0.0.1:9/';

// The tested browser must not contact any server except ours.
const OPTIONS: Readonly<Record<BrowserName, LaunchOptions>> = {
  chromium: {
    browser: 'chrome',
    args: [
      // Chromium's sandbox does not run as root, and containers often do.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever page is open, it connects to its search engine in advance and checks who is signed
      // in.
      '--disable-features=PreconnectToSearch,NetworkTimeServiceQuerying',
      `--google-base-url=${NOWHERE}`,
      `--gaia-url=${NOWHERE}`,
    ],
  },
  firefox: {
    browser: 'firefox',
    extraPrefsFirefox: {
      'app.normandy.enabled': false,
      'browser.safebrowsing.downloads.remote.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'services.settings.server': 'data:,',
      'toolkit.telemetry.server': 'data:,',
    },
  },
};

/** Further options of a browser: Chromium takes arguments, Firefox takes preferences. */
export interface BrowserOptions {
  readonly chromiumArgs?: readonly string[];
  readonly firefoxPreferences?: Readonly<Record<string, string | number | boolean>>;
}

/** Starts an installed browser without a window. */
export async function startBrowser(
  name: BrowserName,
  executablePath: string,
  { chromiumArgs = [], firefoxPreferences = {} }: BrowserOptions = {},
): Promise<Browser> {
  const options = OPTIONS[name];
  const starting = launch({
    ...options,
    ...(options.args && { args: [...options.args, ...chromiumArgs] }),
    ...(options.extraPrefsFirefox && {
      extraPrefsFirefox: { ...options.extraPrefsFirefox, ...firefoxPreferences },
    }),
    executablePath,
    headless: true,
    timeout: START_TIMEOUT,
    protocolTimeout: 2 * JOB_TIMEOUT,
  });
  return within(START_TIMEOUT + END_TIMEOUT, `${name}: its start`, starting);
}

/** Ends the browser; by force if it does not react. */
export async function endBrowser(browser: Browser): Promise<void> {
  try {
    await within(END_TIMEOUT, 'the end of a browser', browser.close());
  } catch {
    browser.process()?.kill('SIGKILL');
  }
}

/** Opens the server's page. A job also fails if the page or its console reports an error. */
export async function openPage(browser: Browser, origin: string): Promise<Runtime> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('error', (error) => errors.push(`the page crashed: ${error.message}`));
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  function checkErrors() {
    if (errors.length > 0) throw new Error(errors.splice(0).join('\n'));
  }
  let hanging: LateError | undefined;
  await page.goto(origin, { waitUntil: 'load', timeout: START_TIMEOUT });
  return {
    async carryOut(job) {
      if (hanging) throw hanging;
      checkErrors();
      const work = page.evaluate(
        (asked: Job, from: string) =>
          (globalThis as unknown as { carryOut: typeof carryOut }).carryOut(asked, from),
        job,
        origin,
      );
      const outcome = await within(JOB_TIMEOUT, `${origin}: ${JSON.stringify(job)}`, work).catch(
        (error: unknown) => {
          if (error instanceof LateError) hanging = error;
          throw error;
        },
      );
      checkErrors();
      return outcome;
    },
    async close() {
      await within(PAGE_END_TIMEOUT, 'the end of a page', page.close());
      return true;
    },
  };
}
