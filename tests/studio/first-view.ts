import type { Session } from './session.js';
import { waitFor } from './wait-for.js';

export interface FirstView {
  /**
   * From the request until the page's numbers can be used and the cycle can be stepped through, in
   * ms.
   */
  readonly usable: number;
  /** From the request until the first paint, in ms. */
  readonly painted: number;
}

/** Opens the page with empty caches and measures the time. */
export async function measureFirstView(session: Session): Promise<FirstView> {
  const studio = await session.open({ isNewcomer: true });
  try {
    await studio.page.evaluateOnNewDocument(() => {
      const next = () =>
        [...document.querySelectorAll('button')].some(
          ({ textContent, disabled }) => textContent?.trim() === 'Next' && !disabled,
        );
      const look = () => {
        if (document.querySelector('.longhand.beginning') && next())
          Object.assign(globalThis, { usableAt: performance.now() });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await studio.visit('');
    return await waitFor(
      studio.page,
      'the first view',
      () => {
        const { usableAt } = globalThis as unknown as { usableAt?: number };
        const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
        return usableAt !== undefined && painted !== undefined ? { usable: usableAt, painted } : undefined;
      },
      [],
    );
  } finally {
    await studio.close();
  }
}
