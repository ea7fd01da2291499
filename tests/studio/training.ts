import type { Page } from 'puppeteer-core';
import { click } from './controls.js';
import { waitFor } from './wait-for.js';

/** Longer than any run takes on a small, busy machine, in ms. */
const RUN_TIMEOUT = 180_000;

export interface Outcome {
  /** SHA-256 of the parameters. */
  readonly sha256: string;
  /** The page's figures by name: `test`, `loss`, `time left` … */
  readonly figures: Readonly<Record<string, string>>;
}

/** Starts a run and waits for its end. */
export async function train(page: Page, timeout = RUN_TIMEOUT): Promise<Outcome> {
  await click(page, 'button', 'Train');
  return waitForTrained(page, timeout);
}

/** Waits until the run that the page shows has ended. */
export async function waitForTrained(page: Page, timeout = RUN_TIMEOUT): Promise<Outcome> {
  const sha256 = await waitFor(
    page,
    'the run, its hash',
    () => {
      const wrong = document.querySelector('[role=alert]')?.textContent;
      if (wrong) throw new Error(wrong);
      return document.querySelector<HTMLElement>('[data-sha256]')?.dataset.sha256;
    },
    [],
    timeout,
  );
  return { sha256, figures: await figuresOf(page) };
}

/** The figures of a run as the page shows them. */
export function figuresOf(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('main dl > div')].map((figure) => [
        figure.querySelector('dt')?.textContent?.trim() ?? '',
        figure.querySelector('dd')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
      ]),
    ),
  );
}

/** `84.10%10,000 digits` → 0.841 */
export function shareIn(figure: string | undefined): number {
  return Number(/([\d.]+)%/.exec(figure ?? '')?.[1] ?? Number.NaN) / 100;
}
