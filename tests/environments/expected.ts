import { expect } from 'vitest';
import type { Outcome } from './page.js';

/** What Node computes, in this repository, on its own thread: every environment must find the same. */
export async function expectedOutcome(): Promise<Outcome> {
  const program = new URL('../../environments/programs/carry-out.js', import.meta.url).href;
  const { carryOut } = (await import(program)) as { carryOut: (options: object) => Promise<Outcome> };
  const outcome = await carryOut({ threads: 0 });
  expect(outcome).toMatchObject({ threads: 0, accuracy: 1, label: 'high' });
  return outcome;
}

/** What Node computes on the digits of @longhand/mnist, on its own thread. */
export async function expectedOnDigits(): Promise<{ readonly examples: number; readonly sha256: string }> {
  const program = new URL('../../environments/programs/digits/train-on-digits.js', import.meta.url).href;
  const { trainOnDigits } = (await import(program)) as {
    trainOnDigits: (options: object) => Promise<{ examples: number; sha256: string }>;
  };
  const { examples, sha256 } = await trainOnDigits({ threads: 0 });
  expect(examples).toBe(10_000);
  return { examples, sha256 };
}
