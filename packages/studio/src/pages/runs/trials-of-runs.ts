import { settingNamed } from '@longhand/core/settings';
import type { Dimension } from '@longhand/sweep/log';
import { completedSettings, differingSettings } from '../../state/compare-runs.js';
import type { Run } from '../../state/run.js';
import { nameOf } from '../../state/run-figures.js';
import { amount } from '../../text.js';
import { byRank, type Collection, type Trial } from './trial.js';

/** Beyond this ratio of the largest to the smallest value, an axis is logarithmic. */
const LOG_RATIO = 20;

/** The runs of Train and of the logs of `longhand train`, as the page shows them. */
export function trialsOfRuns(runs: readonly Run[]): Collection {
  const trials = runs.map(trialOf).sort(byRank);
  return {
    name: 'runs of the page Train',
    about: `${amount(runs.length, 'run')} of this browser and of logs that you opened. They may differ in more than the settings: in their length and their data.`,
    noun: 'run',
    axes: differingSettings(runs.map(({ given }) => given))
      .filter((name) => !['iterations', 'threads', 'minutes', 'engine', 'seed'].includes(name))
      .map((name) => dimensionOf(name, trials)),
    trials,
    ahead: 0,
    data: runs.every(({ about }) => (about.value?.name ?? 'MNIST') === 'MNIST') ? '' : undefined,
    comparable: new Map(trials.flatMap(({ id, dev }) => (dev ? [[id, dev.accuracy] as const] : []))),
  };
}

function trialOf(run: Run): Trial {
  const dev = run.dev.value;
  const { sha256 } = run.trained.value ?? {};
  return {
    id: run.id,
    label: run.title.value || `run ${run.number}`,
    given: completedSettings(run.given),
    dev: dev && { accuracy: dev.accuracy, loss: dev.loss, runs: 1 },
    epochs: run.step.value?.epoch,
    rung: 1,
    isWhole: run.state.value === 'done' && run.fromName === undefined,
    sha256: sha256 === '' ? undefined : sha256,
    reason: run.state.value === 'failed' ? `${nameOf(run)}: failed` : undefined,
    training: run.curves.training,
    watched: run.curves.watched,
  };
}

function dimensionOf(name: Dimension['name'] | 'threads', trials: readonly Trial[]): Dimension {
  const setting = name as Dimension['name'];
  const values = trials.map(({ given }) => given[setting]);
  const numbers = values.filter((value): value is number => typeof value === 'number');
  const isNumeric = ['number', 'integer'].includes(settingNamed(setting).kind.type);
  if (!isNumeric || numbers.length < values.length)
    return { name: setting, kind: 'choice', values: distinct(values) };
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  return { name: setting, kind: 'range', from, to, isLog: from > 0 && to / from >= LOG_RATIO };
}

function distinct(values: readonly unknown[]): unknown[] {
  const all = new Map(values.map((value) => [JSON.stringify(value ?? null), value]));
  return [...all.values()].sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }));
}
