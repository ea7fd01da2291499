import { applyUpdate, descend } from './descend.js';
import type { BatchResult } from './engine.js';
import type { Job } from './job.js';
import { measure } from './measure.js';
import type { Thread } from './site.js';

/** One thread's part in a job, to be run by every thread of the team at once. It yields where the thread may pause. */
export function runJob(thread: Thread, job: Job): Generator<void, BatchResult[]> {
  switch (job.type) {
    case 'descend':
      return descend(thread, job);
    case 'measure':
      return measure(thread, job);
    case 'update':
      return applyUpdate(thread, job.alpha, job.waiting);
  }
}

/** Runs a generator to its end at once. */
export function drain<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** How long the caller's thread is kept in one go, in ms: well under the 20 that the engine promises, whatever one step takes. */
const SLICE_MS = 8;

/** Runs a generator to its end on the caller's thread, a slice at a time, so that whatever else waits there gets its turn. */
export async function drainInSlices<Result>(steps: Generator<void, Result>): Promise<Result> {
  let until = performance.now() + SLICE_MS;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() > until) {
      await nextTask();
      until = performance.now() + SLICE_MS;
    }
  }
}

/** Resolves after whatever waits on this thread had its turn; not by a timer, which browsers hold back for 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
