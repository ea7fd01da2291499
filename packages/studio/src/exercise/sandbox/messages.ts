/** What the page asks of the sandbox, with a port for the answer. */
export interface SandboxRequest {
  readonly code: string;
  /** The exercise, as JSON. */
  readonly given: string;
  /** The time for the program, in ms. */
  readonly limit: number;
}

/** What frames and workers say before they have the request: they wait for it, or one has failed. */
export type Start = 'ready' | 'not-started';

/**
 * How a program ended. It is the only message at the port besides 'started' and, if its worker failed before
 * it ran anything, 'not-started'. It is not trusted.
 */
export interface Ended {
  readonly end: 'done' | 'failed' | 'time' | 'too-large' | 'flood';
  /** Of 'done', the answers as JSON; of 'failed', what was thrown. */
  readonly text?: string;
  /** The line in which it failed, counted from 1. */
  readonly line?: number;
  /** The first lines that were printed. */
  readonly output: readonly string[];
  /** How many were printed. */
  readonly lines: number;
}
