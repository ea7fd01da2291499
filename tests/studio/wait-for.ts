import type { EvaluateFunc, Page } from 'puppeteer-core';

/** Time between two checks of the page, in ms. */
export const POLL_MS = 50;

/** A limit for slow machines, and no measure. It is longer than the page itself waits for anything, in ms. */
const TIMEOUT = 45_000;

/** A page, or a frame in it. */
type Place = Pick<Page, 'evaluate'>;

/**
 * Waits until a function that runs in the page returns something, and returns that. It polls from
 * here: puppeteer's own waiting evaluates text as a program, which the page's security policy
 * forbids.
 *
 * @param look runs in the page; returns anything but undefined, null, false, '' and 0 when the wait
 * is over
 */
export async function waitFor<Args extends unknown[], Look extends EvaluateFunc<Args>>(
  page: Place,
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

/** Waits until an element's text matches, and returns the text. */
export async function waitForText(
  page: Place,
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

/** The text of all elements that match a selector; undefined if there are none. */
export async function textOf(page: Place, selector: string): Promise<string | undefined> {
  const texts = await page.evaluate(
    (wanted) => [...document.querySelectorAll(wanted)].map((element) => element.textContent ?? ''),
    selector,
  );
  return texts.length > 0 ? texts.map((text) => text.replace(/\s+/g, ' ').trim()).join('\n') : undefined;
}

/**
 * Waits until the page has made no request for `ms`. It does not wait for the answers: Firefox does
 * not always report the end of a request.
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
