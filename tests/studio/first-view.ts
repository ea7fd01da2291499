import type { Session } from './session.js';
import { waitFor } from './wait-for.js';

export interface FirstView {
  /** From asking for the page until its numbers can be asked and the cycle can be stepped, in ms. */
  readonly usable: number;
  /** Until the browser painted anything of it, in ms. */
  readonly painted: number;
}

/** Opens the page as one who was never there, with nothing in any cache, and takes the time. */
export async function measureFirstView(session: Session): Promise<FirstView> {
  const studio = await session.open();
  try {
    await studio.page.evaluateOnNewDocument(() => {
      const next = () =>
        [...document.querySelectorAll('button')].some(
          ({ textContent, disabled }) => textContent?.trim() === 'Next' && !disabled,
        );
      const look = () => {
        if (document.querySelector('.longhand [data-entry]') && next())
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
