import { formatSetting, type SettingValue, settingNamed } from '@longhand/core/settings';
import { duration, percent, plural, significant } from '@longhand/core/text';
import {
  type Candidate,
  costOf,
  endsOf,
  rankTrials,
  type Standing,
  type SweepListener,
  type SweepPlan,
  type Task,
} from '@longhand/sweep';
import { log } from '../streams.js';
import { startLines } from '../terminal/live-lines.js';
import { spreadOf } from '../training/repetitions.js';

/** Shows on stderr how a sweep goes on. */
export interface SweepFollower {
  readonly listener: SweepListener;
  end(): void;
}

/** Of the best trials so far, the live table shows so many. */
const BEST_SHOWN = 5;

interface Job {
  readonly task: Task;
  worker: string;
  updates: number;
}

/** A table that changes in place in a terminal: rung, runs, workers, throughput, time left. */
export function followSweep(plan: SweepPlan, { quiet }: { readonly quiet: boolean }): SweepFollower {
  const lines = startLines({ quiet });
  const total = costOf(plan.trials, plan.header.strategy, plan.header.repeat);
  const jobs = new Map<string, Job>();
  /** Of the trials of this rung. */
  const accuracies = new Map<number, number[]>();
  const [began, now] = [performance.now(), () => performance.now()];
  let [rung, rungTasks, done, known, worked, fresh] = [1, 0, 0, 0, 0, 0];
  let workers: readonly string[] = [];
  let tasks = new Map<string, Task>();

  const draw = () => lines.draw(describe);
  const describe = () => {
    const seconds = (now() - began) / 1000;
    const running = [...jobs.values()].filter(({ worker }) => workers.includes(worker));
    const epochs =
      worked + running.reduce((sum, { task, updates }) => sum + epochsOf(plan, task, updates), 0);
    const rate = epochs / seconds;
    const left = (total - known - epochs) / rate;
    const best = bestOf(accuracies);
    const words = [
      ...(plan.rungs > 1 ? [`rung ${rung} of ${plan.rungs}`] : []),
      `${done} of ${plural(rungTasks, 'run')}`,
      plural(workers.length, 'worker'),
      ...(best[0] ? [`best ${percent(best[0].accuracy)} on dev (trial ${best[0].trial})`] : []),
      ...(fresh > 0 ? [plural(fresh, 'fresh run')] : []),
      ...(epochs > 0 ? [`${significant(rate)} epochs/s`] : []),
      ...(epochs > 0 && left > 0 ? [`at most ${duration(left)} left`] : []),
    ];
    return [words.join('  '), ...describeBest(plan, best), ...running.map((job) => describeJob(plan, job))];
  };

  return {
    listener: {
      onRung(standing) {
        ({ rung, rungTasks } = standing);
        done = rungTasks - standing.tasks.length;
        tasks = new Map(standing.tasks.map((task) => [task.id, task]));
        if (worked === 0) known = knownEpochs(plan, standing);
        jobs.clear();
        accuracies.clear();
        for (const { trial, dev, rung: reached } of rankTrials(plan, standing))
          if (dev && reached === rung) accuracies.set(trial, [dev.accuracy]);
        draw();
      },
      onResult(result, task) {
        jobs.delete(result.id);
        worked += epochsOf(plan, task, task.until);
        if (tasks.has(result.id)) {
          done++;
          if (result.type === 'measured')
            accuracies.set(task.trial, [...(accuracies.get(task.trial) ?? []), result.dev.accuracy]);
        } else fresh++;
        if (result.type === 'failed') lines.say(`trial ${task.trial} failed: ${result.reason}`);
        draw();
      },
      onProgress(id, worker, updates) {
        const task = tasks.get(id);
        if (task) jobs.set(id, { task, worker, updates });
        draw();
      },
      onWorkers(names) {
        workers = names;
        draw();
      },
      // What goes wrong is said even where progress is not.
      onNotice: (message) => (quiet ? log : lines.say)(`longhand: ${message}`),
    },
    end: () => lines.end(),
  };
}

/** Epochs of a task that it has made with so many updates of its run. */
function epochsOf({ trials, rungs }: SweepPlan, { trial, rung }: Task, updates: number): number {
  const { epochs, iterations, ...rest } = trials[trial - 1]!;
  const before = rung > 1 ? endsOf({ ...rest, epochs, iterations }, rungs)[rung - 2]! : 0;
  return (Math.max(0, updates - before) * epochs) / iterations;
}

/** Epochs that earlier sessions made, of a sweep that is gone on with. */
function knownEpochs(plan: SweepPlan, { reached }: Standing): number {
  return plan.trials.reduce((sum, trial) => {
    const { rung, results } = reached.get(trial.trial) ?? { rung: 0, results: [] };
    const ends = rung === 0 ? 0 : endsOf(trial, plan.rungs)[rung - 1]!;
    return sum + (results.length * ends * trial.epochs) / Math.max(1, trial.iterations);
  }, 0);
}

interface Best {
  readonly trial: number;
  /** On dev, 0–1: the mean over the trial's runs so far. */
  readonly accuracy: number;
}

function bestOf(accuracies: ReadonlyMap<number, readonly number[]>): readonly Best[] {
  return [...accuracies]
    .map(([trial, all]) => ({ trial, accuracy: spreadOf(all).mean }))
    .sort((a, b) => b.accuracy - a.accuracy || a.trial - b.trial);
}

function describeBest({ trials }: SweepPlan, best: readonly Best[]): string[] {
  return best
    .slice(0, BEST_SHOWN)
    .map(
      ({ accuracy, trial }) =>
        `  ${percent(accuracy)}  trial ${trial}  ${describeCandidate(trials[trial - 1]!.candidate)}`,
    );
}

function describeJob({ trials }: SweepPlan, { task, worker, updates }: Job): string {
  return `  ${worker}: trial ${task.trial}, ${updates} of ${task.until}  ${describeCandidate(trials[task.trial - 1]!.candidate)}`;
}

/** `alpha 0.05, hidden 128,64`. */
export function describeCandidate(candidate: Candidate): string {
  return Object.entries(candidate)
    .map(
      ([name, value]) =>
        `${name} ${formatSetting(settingNamed(name as keyof Candidate), value as SettingValue)}`,
    )
    .join(', ');
}
