import { duration, plural } from '@longhand/core/text';
import type { CrewListener, Task, TaskResult } from '@longhand/sweep';
import { log } from '../streams.js';
import { startLines } from '../terminal/live-lines.js';

/** Shows on stderr how far the workers at a queue are with the runs of one command. */
export interface WorkersFollower {
  readonly listener: CrewListener;
  /** What has come so far, by the task's id. */
  readonly results: ReadonlyMap<string, TaskResult>;
  end(): void;
}

interface Job {
  readonly worker: string;
  readonly updates: number;
}

/** Lines that change in place in a terminal: runs that are done, workers, and how far each is. */
export function followWorkers(
  tasks: readonly Task[],
  { quiet }: { readonly quiet: boolean },
): WorkersFollower {
  const lines = startLines({ quiet });
  const results = new Map<string, TaskResult>();
  const jobs = new Map<string, Job>();
  let workers: readonly string[] = [];
  let began: number | undefined;
  const total = tasks.reduce((sum, { until }) => sum + until, 0);

  const running = () =>
    tasks.flatMap((task) => {
      const job = jobs.get(task.id);
      return job && workers.includes(job.worker) ? [{ task, ...job }] : [];
    });
  const describe = () => {
    const now = running();
    const done = tasks.filter(({ id }) => results.has(id)).reduce((sum, { until }) => sum + until, 0);
    const updates = done + now.reduce((sum, one) => sum + one.updates, 0);
    const seconds = began === undefined ? 0 : (performance.now() - began) / 1000;
    const left = (seconds * (total - updates)) / updates;
    const words = [
      `${results.size} of ${plural(tasks.length, 'run')}`,
      plural(workers.length, 'worker'),
      ...(updates > 0 && left > 0 ? [`about ${duration(left)} left`] : []),
    ];
    const each = now.map(
      ({ task, worker, updates: made }) =>
        `  ${worker}: run ${task.trial}, seed ${task.settings.seed}, ${made} of ${task.until}`,
    );
    return [words.join('  '), ...each];
  };
  const draw = () => lines.draw(describe);
  return {
    results,
    listener: {
      onResult(result) {
        jobs.delete(result.id);
        results.set(result.id, result);
        draw();
      },
      onProgress(id, worker, updates) {
        began ??= performance.now();
        jobs.set(id, { worker, updates });
        draw();
      },
      onWorkers(names) {
        workers = names;
        draw();
      },
      onDistrusted(worker) {
        for (const [id, result] of results)
          if ((result.workers ?? [result.worker]).includes(worker)) results.delete(id);
      },
      // What goes wrong is said even where progress is not.
      onNotice: (message) => (quiet ? log : lines.say)(`longhand: ${message}`),
    },
    end: () => lines.end(),
  };
}
