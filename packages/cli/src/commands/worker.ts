import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { percent } from '@longhand/core/text';
import type { Task, TaskReport } from '@longhand/sweep';
import type { WorkerListener } from '@longhand/sweep/queue';
import { EXIT, type ExitCode } from '../exit-code.js';
import { logNotice, openQueue } from '../queue/open-queue.js';
import { openWorkerData } from '../queue/worker-data.js';
import { log, printJson } from '../streams.js';
import { listenForInterruption } from '../training/interruption.js';
import type { FlagsOf } from './row.js';
import type { worker as workerRow } from './worker.row.js';

type WorkerFlags = FlagsOf<typeof workerRow>;

/** `longhand worker`: does tasks of a queue until it is interrupted. */
export async function workerCommand(flags: WorkerFlags): Promise<ExitCode> {
  const { threads = 1, processes = Math.max(1, Math.floor(availableParallelism() / threads)) } = flags;
  const { prefix, name, lock, idleExit, metrics: port, quiet = false, json = false } = flags;
  const interruption = listenForInterruption();
  const { signal } = interruption;
  const connection = await openQueue(flags, logNotice, signal);
  const folder = await mkdtemp(path.join(tmpdir(), 'longhand-worker-'));
  try {
    const data = await openWorkerData(flags.data, flags);
    const { createProcessWork, runWorker } = await import('@longhand/sweep/queue');
    const metrics =
      port === undefined
        ? undefined
        : await (await import('@longhand/sweep/metrics')).serveMetrics(port, connection);
    const datasets = new Map(data.map(({ fingerprint, dataset }) => [fingerprint, dataset]));
    const processWork = createProcessWork({ datasets, threads, folder, onNotice: logNotice });
    const counts = { measured: 0, failed: 0, returned: 0 };
    const listener: WorkerListener = {
      onStart(own) {
        if (quiet) return;
        const names = data.map((one) => one.name).join(', ');
        log(`${own}: ${processes} at once, ${names}, at the queue ${connection.shown}. Ctrl-C ends it.`);
        if (metrics) log(`Figures for Prometheus: ${metrics.url}`);
      },
      onTask: (task) => metrics?.listener.onTask(task),
      onEnd(task, report) {
        metrics?.listener.onEnd(task, report);
        counts[report?.type ?? 'returned']++;
        if (!quiet) log(lineOf(task, report));
      },
      onNotice: logNotice,
    };
    try {
      const end = await runWorker({
        ...{ connection, data, processes, work: processWork.work, signal, listener },
        ...(prefix !== undefined && { prefix }),
        ...(name !== undefined && { name }),
        ...(lock !== undefined && { lockMs: lock }),
        ...(idleExit !== undefined && { idleExitMs: idleExit }),
      });
      if (json) printJson({ ended: end.type, ...counts });
      if (end.type === 'left out') {
        logNotice(`this worker was left out: ${end.reason}. Check the machine's memory`);
        return EXIT.no;
      }
      return end.type === 'interrupted' ? EXIT.interrupted : EXIT.done;
    } finally {
      await processWork.close();
      await metrics?.close();
    }
  } finally {
    await connection.close();
    await rm(folder, { recursive: true, force: true });
    interruption.stop();
  }
}

function lineOf({ trial, rung, repetition }: Task, report: TaskReport | undefined): string {
  const parts = [`trial ${trial}`];
  if (rung > 1) parts.push(`rung ${rung}`);
  if (repetition > 1) parts.push(`run ${repetition}`);
  return `${parts.join(', ')}: ${endOf(report)}`;
}

function endOf(report: TaskReport | undefined): string {
  if (!report) return 'back to the queue';
  if (report.type === 'failed') return `failed: ${report.reason}`;
  return `dev ${percent(report.dev.accuracy, 2)} (${report.seconds.toFixed(1)} s)`;
}
