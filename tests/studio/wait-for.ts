import type { EvaluateFunc, Page } from 'puppeteer-core';

/** Between two looks at the page, in ms. */
export const POLL_MS = 50;

const TIMEOUT = 15_000;

/**
 * Waits until something in the page is so, and gives it. From here and not from within: the page's security policy
 * allows no program that is made of a text, which is how puppeteer's own waiting works.
 *
 * @param look runs in the page; anything but undefined, null, false, '' and 0 will do
 */
export async function waitFor<Args extends unknown[], Look extends EvaluateFunc<Args>>(
  page: Page,
  what: string,
  look: Look,
  args: Args,
  timeout = TIMEOUT,
): Promise<NonNullable<Awaited<ReturnType<Look>>>> {
  const end = performance.now() + timeout;
  for (;;) {
    const found = await page.evaluate<Args, Look>(look, ...args);
    if (found) return found;
    if (performance.now() > end) {
      const shown = await textOf(page, 'main');
      throw new Error(`${what}: not within ${timeout / 1000} s; the page shows: ${shown?.slice(0, 4000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Waits until what an element says matches, and gives that text. */
export async function waitForText(
  page: Page,
  selector: string,
  pattern: RegExp,
  timeout = TIMEOUT,
): Promise<string> {
  const end = performance.now() + timeout;
  for (;;) {
    const text = await textOf(page, selector);
    if (text !== undefined && pattern.test(text)) return text;
    if (performance.now() > end) {
      throw new Error(`${selector}: expected ${pattern} within ${timeout / 1000} s, found ${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What all elements of a selector say; undefined where there is none. */
export async function textOf(page: Page, selector: string): Promise<string | undefined> {
  const texts = await page.evaluate(
    (wanted) => [...document.querySelectorAll(wanted)].map((element) => element.textContent ?? ''),
    selector,
  );
  return texts.length > 0 ? texts.map((text) => text.replace(/\s+/g, ' ').trim()).join('\n') : undefined;
}

/**
 * Waits until the page has asked for nothing new for `ms`. What it has asked for need not have come: Firefox does not always
 * tell the end of a request.
 */
export async function waitForQuiet(page: Page, ms = 300): Promise<void> {
  let last = performance.now();
  const note = () => {
    last = performance.now();
  };
  page.on('request', note);
  try {
    while (performance.now() - last < ms) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  } finally {
    page.off('request', note);
  }
}
