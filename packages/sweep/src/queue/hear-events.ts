import { parseJobId } from './keys.js';
import type { QueueRun } from './queue-run.js';

/** What a run does when it hears of its jobs. */
interface Heard {
  /** A job may have ended. */
  onEnd(id: string): void;
  /** The connection was lost, and is back. */
  onBack(): void;
}

type Event = { readonly jobId: string; readonly data?: unknown };

/**
 * Listens to the queue's events, and tells of progress and of workers that were lost. Events may be missed:
 * they are only a hint to look sooner.
 *
 * @returns what ends it
 */
export function hearEvents(run: QueueRun, { onEnd, onBack }: Heard): () => void {
  const { events, connection } = run;
  const hearEnd = ({ jobId }: Event) => {
    if (parseJobId(jobId)?.sweep === run.sweep) onEnd(jobId);
  };
  const listeners = {
    ...{ completed: hearEnd, failed: hearEnd },
    progress: ({ jobId, data }: Event) => hearProgress(run, jobId, data),
    stalled: ({ jobId }: Event) => hearStalled(run, jobId),
  };
  const all = Object.entries(listeners) as [keyof typeof listeners, (event: Event) => void][];
  for (const [event, listener] of all) events.on(event, listener);
  connection.redis.on('ready', onBack);
  return () => {
    connection.redis.off('ready', onBack);
    for (const [event, listener] of all) events.off(event, listener);
  };
}

function hearProgress({ sweep, pieces, told }: QueueRun, id: string, progress: unknown): void {
  const parsed = parseJobId(id);
  if (parsed?.sweep !== sweep || !pieces.has(parsed.task)) return;
  const { worker, updates } = (progress ?? {}) as { worker?: unknown; updates?: unknown };
  if (typeof worker !== 'string' || typeof updates !== 'number') return;
  told.onProgress(parsed.task, worker, updates);
}

function hearStalled(run: QueueRun, id: string): void {
  const { sweep, pieces, board, told } = run;
  const parsed = parseJobId(id);
  const piece = parsed?.sweep === sweep ? pieces.get(parsed.task) : undefined;
  if (!piece || piece.given) return;
  board
    .workerOf(id)
    .then((worker) => {
      if (run.isStopped) return;
      told.onNotice(`${worker ?? 'a worker'} was lost: its trial ${piece.task.trial} goes to another worker`);
    })
    .catch(() => undefined);
}
