import { EXIT } from '../exit-code.js';
import { log } from '../streams.js';

/** Ctrl-C, `kill`, or a terminal that was closed. */
export interface Interruption {
  /** Aborted by the first one. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  stop(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * Through npm, one Ctrl-C arrives several times: from the terminal, and from every parent process.
 * A person takes longer to press the keys again.
 */
const SAME_PRESS_MS = 400;

/** Listens for Ctrl-C: the first aborts the signal, the second ends the process immediately. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let first: number | undefined;
  const listen = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      controller.abort();
    } else if (now - first > SAME_PRESS_MS) {
      log('\nlonghand: stopped immediately');
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
