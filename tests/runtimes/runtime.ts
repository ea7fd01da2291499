import type { Job, Outcome } from './same-bits.js';

/** A runtime that has been started and takes one job after the other. */
export interface Runtime {
  carryOut(job: Job): Promise<Outcome>;
  /**
   * Asks it to end, forces it if it does not, and returns whether it ended without force. Does
   * nothing if it has ended already.
   */
  close(): Promise<boolean>;
}

/** A job takes a second or two. After this time, in ms, it counts as hanging, on a slow machine too. */
export const JOB_TIMEOUT = 90_000;

export class LateError extends Error {}

/** @throws LateError if `work` takes longer than `milliseconds` */
export async function within<Result>(
  milliseconds: number,
  what: string,
  work: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LateError(`${what} took more than ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
