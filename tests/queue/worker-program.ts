import process from 'node:process';
import { runTask, type TaskReport } from '@longhand/sweep';
import { connect, runWorker } from '@longhand/sweep/queue';
import { DATA, DATASET } from './small-sweep.js';

/** What a worker of the tests is told in its first argument, as JSON. */
export interface WorkerProgramOptions {
  readonly url: string;
  readonly name: string;
  readonly lockMs?: number;
  /** Computes wrong bits, as a machine with bad memory. */
  readonly isWrong?: boolean;
  /** Waits so long after each report of progress. */
  readonly slowMs?: number;
}

/** Adds one to a digit of the hash. */
export function spoil(report: TaskReport): TaskReport {
  if (report.type !== 'measured') return report;
  const { parametersSha256: hash } = report;
  return { ...report, parametersSha256: `${hash[0] === '0' ? '1' : '0'}${hash.slice(1)}` };
}

const [, program, argument] = process.argv;
if (program?.endsWith('worker-program.js') && argument !== undefined) {
  const { url, name, lockMs, isWrong, slowMs = 0 } = JSON.parse(argument) as WorkerProgramOptions;
  const say = (message: string) => process.stdout.write(`${message}\n`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const connection = await connect(url, { onNotice: say, waitMs: 60_000 });
  const end = await runWorker({
    ...{ connection, name, data: [DATA], processes: 1, signal: stop.signal },
    ...(lockMs !== undefined && { lockMs }),
    async work(task, { states, signal, onProgress }) {
      const options = { dataset: DATASET, threads: 0, store: states, every: 100 };
      const report = await runTask(task, { ...options, signal, onProgress });
      if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
      signal.throwIfAborted();
      return isWrong ? spoil(report) : report;
    },
    listener: {
      onStart: (own) => say(`started ${own}`),
      onTask: ({ trial }) => say(`trial ${trial}`),
      onNotice: say,
    },
  });
  say(`ended ${end.type}`);
  await connection.close();
  process.exit(end.type === 'interrupted' ? 130 : 0);
}
