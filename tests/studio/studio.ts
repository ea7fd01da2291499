import { afterAll, afterEach, describe, type TestContext } from 'vitest';
import type { BrowserName } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';
import { type OpenOptions, type Session, type Studio, startSession } from './session.js';
import type { SiteOptions } from './site.js';

/** Opens the page for a test; what it reports as an error and the test does not take out fails the test. */
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
