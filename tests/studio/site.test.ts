import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { goTo } from './go-to.js';
import { PAGES } from './page-registry.js';
import { inBrowsers } from './studio.js';
import { waitFor, waitForQuiet, waitForText } from './wait-for.js';

describe('the page needs no other site', () => {
  inBrowsers((open) => {
    test('all pages together make no request to another site', async (context) => {
      const { page, site, otherOrigins, visit } = await open(context);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await visit('');
      await walk(page);
      // Load everything else that pages can request: all digits, and each model that comes with the
      // page.
      await visit('board?digit=test:9999&net=draw');
      await waitForText(page, '[data-entry]', /=/);
      await waitForQuiet(page);
      expect(asked.length).toBeGreaterThan(10);
      for (const url of asked)
        expect(url).toSatisfy((text: string) => /^(data|blob):/.test(text) || text.startsWith(site.url));
      expect(otherOrigins.asked).toEqual([]);
      expect(site.missing).toEqual([]);
    });

    test('the first view is one program, a style sheet and fonts, and asks for all other files after it', async (context) => {
      const { page, site, visit } = await open(context);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url().slice(site.url.length)));
      // What is asked for later may come before a busy machine has looked: the page itself knows when it was.
      await page.evaluateOnNewDocument(() => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector('.ring')) return;
          performance.mark('board');
          observer.disconnect();
        });
        observer.observe(document, { childList: true, subtree: true });
      });
      await visit('');
      await waitFor(page, 'the board', () => performance.getEntriesByName('board').length > 0, []);
      const before = await page.evaluate(() => {
        const [board] = performance.getEntriesByName('board');
        return (
          performance
            .getEntriesByType('resource')
            .filter((one) => one.startTime < board!.startTime)
            // The browser asks for the window's icon when it likes.
            .filter(({ name }) => !name.endsWith('/icon.svg'))
            .map(({ name }) => name.split('.').at(-1)!)
        );
      });
      expect(new Set(before)).toEqual(new Set(['js', 'css', 'woff2']));
      expect(before.filter((ending) => ending === 'js')).toHaveLength(1);
      const hinted = await page.$$eval('link[rel=preload]', (links) =>
        links.map((link) => link.getAttribute('href')?.slice(2)),
      );
      expect(hinted).toHaveLength(5);
      for (const file of hinted) expect(file).toMatch(/^assets\/.*\.woff2$/);
      for (const file of hinted) expect(asked.filter((address) => address === file)).toHaveLength(1);
      // The service worker, which fetches every file, comes later.
      await waitFor(
        page,
        'the service worker',
        async () => (await navigator.serviceWorker.getRegistration()) !== undefined,
        [],
      );
    });

    test('its security policy allows no inline code or style, no eval, and no other origin', async (context) => {
      const { page, errors } = await open(context, { at: '' });
      const policy = await page.$eval(
        'meta[http-equiv="Content-Security-Policy"]',
        (meta) => (meta as HTMLMetaElement).content,
      );
      const directives = new Map(
        policy.split(';').map((text) => {
          const [name = '', ...sources] = text.trim().split(/\s+/);
          return [name, sources] as const;
        }),
      );
      expect(directives.get('default-src')).toEqual(["'none'"]);
      expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
      for (const [name, sources] of directives) {
        for (const source of sources) {
          expect(["'self'", "'none'", "'wasm-unsafe-eval'", 'data:', 'blob:'], name).toContain(source);
        }
        if (name !== 'img-src') expect(sources.join(' '), name).not.toMatch(/data:|blob:/);
      }
      const refused = await page.evaluate(async () => {
        const violations: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) =>
          violations.push(event.effectiveDirective),
        );
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.body.append(script);
        const style = document.createElement('style');
        style.textContent = 'body { outline: 1px solid }';
        document.body.append(style);
        // Later, in a task of the page itself: the policy does not apply to what a tool evaluates.
        const evaluated = await new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              resolve(String(Reflect.construct(Function, ['return 1 + 1'])()));
            } catch {
              resolve('refused');
            }
          });
        });
        await fetch('http://127.0.0.2:9/').catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve));
        return { evaluated, ran: 'inlineRan' in globalThis, violations };
      });
      expect(refused.ran).toBe(false);
      expect(refused.evaluated).toBe('refused');
      expect(refused.violations).toEqual(
        expect.arrayContaining(['script-src-elem', 'style-src-elem', 'connect-src']),
      );
      for (const error of errors.splice(0)) expect(error).toMatch(/security[ -]policy/i);
    });
  });
});

describe('a plain static host, in a subfolder, without the headers that isolate', () => {
  inBrowsers(
    (open) => {
      test('every page opens', async (context) => {
        const { page, site } = await open(context, { at: '', serviceWorkers: false });
        expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
        await walk(page);
        expect(site.missing).toEqual([]);
      });
    },
    { isolated: false, folder: '/some/where/longhand/' },
  );
});

/**
 * Opens every page by the navigation, or by its address if it is not there, and waits until it has loaded.
 */
async function walk(page: Page): Promise<void> {
  for (const row of [...PAGES.slice(1), PAGES[0]!]) {
    const { name, title } = row;
    await goTo(page, row);
    await waitForText(page, 'h1', new RegExp(`^${title}$`));
    await waitFor(page, `the page ${name}`, () => document.querySelector('main .opening') === null, []);
    expect(await page.title()).toBe(`${title} · Longhand`);
    await waitForQuiet(page);
  }
}
