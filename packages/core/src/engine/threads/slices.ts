/** Runs a generator to its end at once. */
export function drain<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * How long the caller's thread is busy at a time, in ms. The step that ends a slice makes it longer,
 * and Chromium delivers two or three messages before a timer; both stay under the 20 ms that the
 * engine promises.
 */
const SLICE_MS = 4;

/** When this thread next lets others work: one time for all engines, because the thread is one. */
let nextTurn = 0;

/**
 * Runs a generator to its end on the caller's thread, a slice at a time, so that the thread stays
 * responsive, also during many calls that are each shorter than a slice.
 *
 * @param check is called after others worked, when anything may have happened; it throws to stop
 */
export async function drainInSlices<Result>(
  steps: Generator<void, Result>,
  check: () => void,
): Promise<Result> {
  for (;;) {
    await takeTurns(check);
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Lets others on this thread work, if the slice is over. */
export async function takeTurns(check: () => void): Promise<void> {
  if (performance.now() <= nextTurn) return;
  await eventLoop();
  check();
  nextTurn = performance.now() + SLICE_MS;
}

/**
 * Resolves after the events that wait on this thread. It uses no timer, because browsers delay
 * nested timers by 4 ms, and a message only where there is no setImmediate, because Bun and Deno
 * deliver message after message before they look at their timers.
 */
function eventLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
