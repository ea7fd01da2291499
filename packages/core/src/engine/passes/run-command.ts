import type { BatchResult } from '../api/engine.js';
import type { WorkerContext } from '../layout/arena.js';
import type { Command } from '../threads/command.js';
import { applyUpdate, descend } from './descend.js';
import { measure } from './measure.js';
import { packBlocks } from './pack-blocks.js';

/** One thread's part in a job, to be run by every thread of the team at once. It yields where the thread may pause. */
export function runCommand(worker: WorkerContext, command: Command): Generator<void, BatchResult[]> {
  switch (command.type) {
    case 'descend':
      return descend(worker, command);
    case 'measure':
      return measure(worker, command);
    case 'packBlocks':
      return packBlocks(worker, command);
    case 'update':
      return applyUpdate(worker, command);
  }
}

/** Runs a generator to its end at once. */
export function drain<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * How long the caller's thread is kept in one go, in ms. With the step that ends a slice, and with Chromium, which lets two or three
 * messages pass before a timer, that stays under the 20 that the engine promises.
 */
const SLICE_MS = 4;

/** When the others on this thread are due for a turn: one time for all calls and engines, since the thread is one. */
let turnDue = 0;

/**
 * Runs a generator to its end on the caller's thread, a slice at a time, so that whatever else waits there gets its turn, also
 * between many calls that are each shorter than a slice.
 *
 * @param check called after each turn of the others, in which anything may have happened; throws to stop
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

/** Lets the others have their turn, if it is due. */
export async function takeTurns(check: () => void): Promise<void> {
  if (performance.now() <= turnDue) return;
  await nextTask();
  check();
  turnDue = performance.now() + SLICE_MS;
}

/**
 * Resolves after whatever waits on this thread had its turn. Not by a timer, which browsers hold back for 4 ms, and by a message only
 * where there is no setImmediate: Bun and Deno deliver message after message before they look at their timers.
 */
function nextTask(): Promise<void> {
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
