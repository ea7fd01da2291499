/**
 * Exit codes: 0 done; 1 it ran, and the answer is no (a failed check); 2 wrong usage or bad input;
 * 130 interrupted.
 */
export const EXIT = { done: 0, no: 1, bad: 2, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
