import { workersWith } from './members.js';
import type { RunContext } from './queue-run.js';

/** So long after the start, it is told that there is no worker. */
const NO_WORKERS_MS = 5000;

/**
 * Tells which workers are at hand, and once if there is none. Call the function again and again.
 *
 * @returns their names
 */
export function createWorkerWatch({
  connection,
  prefix,
  data,
  told,
}: RunContext): (elapsedMs: number) => Promise<readonly string[]> {
  let known: string | undefined;
  let hasToldNone = false;
  return async (elapsedMs) => {
    const workers = await workersWith(connection, prefix, data.fingerprint);
    if (workers.join('\n') !== known) told.onWorkers(workers);
    known = workers.join('\n');
    if (workers.length > 0) hasToldNone = false;
    else if (!hasToldNone && elapsedMs >= NO_WORKERS_MS) {
      hasToldNone = true;
      told.onNotice(`no worker at the queue has ${data.name}: waiting for one (longhand worker --help)`);
    }
    return workers;
  };
}
