import { afterAll, afterEach, describe, type TestContext } from 'vitest';
import type { BrowserName } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';
import { PAGES } from './page-registry.js';
import { type OpenOptions, type Session, type Studio, startSession } from './session.js';
import type { SiteOptions } from './site.js';
import { waitFor } from './wait-for.js';

/**
 * Opens the page for a test. Errors that the page reports fail the test, unless the test removes
 * them.
 */
export type Open = (context: TestContext, options?: OpenOptions) => Promise<Studio>;

/**
 * Goes to a place in a page that tests share. Loading all digits takes seconds, and a test that
 * needs no fresh profile need not wait for them again. What tests leave behind stays: finished
 * runs, models, the theme. After a test that failed, the next one gets a fresh page.
 */
export type OpenShared = (context: TestContext, at: string) => Promise<Studio>;

/**
 * Runs tests in both browsers. The first test that needs a browser starts it; it is closed after
 * the last test. A page that is opened with `open` has a fresh profile. If a browser is missing, its
 * tests are skipped with a message.
 */
export function inBrowsers(
  define: (open: Open, name: BrowserName, openShared: OpenShared) => void,
  { browsers = ['chromium', 'firefox'], ...site }: SiteOptions & { browsers?: readonly BrowserName[] } = {},
): void {
  for (const name of browsers) {
    describe(name === 'chromium' ? 'Chromium' : 'Firefox', () => {
      const { open, openShared } = openingIn(name, site);
      define(open, name, openShared);
    });
  }
}

function openingIn(name: BrowserName, siteOptions: SiteOptions): { open: Open; openShared: OpenShared } {
  let starting: Promise<Session> | undefined;
  let shared: Studio | undefined;
  const opened: Studio[] = [];

  afterEach(async ({ task }) => {
    const errors = shared?.errors.splice(0) ?? [];
    if (shared && (errors.length > 0 || task.result?.state === 'fail')) {
      await shared.close();
      shared = undefined;
    }
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

  function sessionFor(context: TestContext): Promise<Session> {
    const program = programOf(name, context);
    starting ??= startSession(name, program, siteOptions);
    return starting;
  }

  return {
    async open(context, options) {
      const session = await sessionFor(context);
      const studio = await session.open(options);
      opened.push(studio);
      return studio;
    },
    async openShared(context, at) {
      const session = await sessionFor(context);
      shared ??= await session.open();
      await shared.visit(at);
      // The page learns of another place by an event, which Firefox may send late, and shows it in
      // the next frame.
      const { title = '' } = PAGES.find(({ name: page }) => page === at.split('?')[0]) ?? {};
      const isThere = (wanted: string) => document.querySelector('h1')?.textContent === wanted;
      await waitFor(shared.page, title, isThere, [title]);
      await shared.page.evaluate(async () => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        await frame();
        await frame();
      });
      await waitFor(shared.page, at, () => document.querySelector('main .opening') === null, []);
      return shared;
    },
  };
}
