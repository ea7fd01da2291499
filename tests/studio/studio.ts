import { afterAll, afterEach, describe, type TestContext } from 'vitest';
import type { BrowserName } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';
import { type OpenOptions, type Session, type Studio, startSession } from './session.js';
import type { SiteOptions } from './site.js';

/**
 * Opens the page for a test. Errors that the page reports fail the test, unless the test removes
 * them.
 */
export type Open = (context: TestContext, options?: OpenOptions) => Promise<Studio>;

/**
 * Runs tests in both browsers. The first test that needs a browser starts it; it is closed after
 * the last test. Each test has a fresh profile. If a browser is missing, its tests are skipped with
 * a message.
 */
export function inBrowsers(
  define: (open: Open, name: BrowserName) => void,
  { browsers = ['chromium', 'firefox'], ...site }: SiteOptions & { browsers?: readonly BrowserName[] } = {},
): void {
  for (const name of browsers) {
    describe(name === 'chromium' ? 'Chromium' : 'Firefox', () => define(openingIn(name, site), name));
  }
}

function openingIn(name: BrowserName, siteOptions: SiteOptions): Open {
  let starting: Promise<Session> | undefined;
  const opened: Studio[] = [];

  afterEach(async () => {
    const errors: string[] = [];
    for (const studio of opened.splice(0)) {
      errors.push(...studio.errors);
      await studio.close();
    }
    if (errors.length > 0) throw new Error(`the page reported:\n${errors.join('\n')}`);
  });

  afterAll(async () => {
    const session = await starting?.catch(() => undefined);
    await session?.end();
  });

  return async (context, options) => {
    const program = programOf(name, context);
    starting ??= startSession(name, program, siteOptions);
    const studio = await (await starting).open(options);
    opened.push(studio);
    return studio;
  };
}
