import { EXIT } from '../exit-code.js';
import { log } from '../streams.js';

/** A wish to end, as Ctrl-C or `kill` tell it. */
export interface Interruption {
  /** Aborted by the first. */
  readonly signal: AbortSignal;
  /** Listens no more. */
  stop(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/**
 * Run through npm, one Ctrl-C arrives more than once: from the terminal, and passed on by every process above.
 * A person takes longer to press the keys again.
 */
const SAME_PRESS_MS = 400;

/** Listens for the first Ctrl-C, which is to end cleanly, and for the second, which ends at once. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let first: number | undefined;
  const listen = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      controller.abort();
    } else if (now - first > SAME_PRESS_MS) {
      log('\nlonghand: ended at once');
      process.exit(EXIT.interrupted);
    }
  };
  for (const name of SIGNALS) process.on(name, listen);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, listen);
    },
  };
}
