import { completeSettings } from '@longhand/core/settings';
import { devExamples } from '@longhand/core/training';
import type { LoggedResult, LoggedSweep } from '@longhand/sweep/log';
import type { OpenedSweep } from '../../state/sweeps.js';
import { amount, count, percent } from '../../text.js';
import { byRank, type Collection, type DevResult, type Trial } from './trial.js';

type Measured = Extract<LoggedResult, { type: 'measured' }>;

const STRATEGIES: Readonly<Record<LoggedSweep['header']['strategy'], string>> = {
  grid: 'every combination of the values',
  random: 'settings drawn at random',
  halving: 'successive halving: the best third of the trials trains three times as long',
};

/** The trials of a sweep, as the page shows them. */
export function trialsOfSweep({ name, sweep }: OpenedSweep): Collection {
  const { header } = sweep;
  const results = groupedBy(sweep.results, ({ trial }) => trial);
  const lastRung = Math.max(0, ...sweep.results.map(({ rung }) => rung));
  const numbers = [...sweep.trials.keys()].sort((a, b) => a - b);
  const trials = numbers.map((number) => trialOf(sweep, number, results.get(number) ?? [], lastRung));
  const done = trials.filter(({ dev, reason }) => dev || reason !== undefined).length;
  const comparable = trials.flatMap(({ id }, k) => {
    const first = (results.get(numbers[k]!) ?? []).filter((one) => one.rung === 1).filter(isMeasured);
    return first.length > 0 ? [[id, devOf(first).accuracy] as const] : [];
  });
  return {
    name,
    about: `${count(header.trials)} trials on ${header.data}, ${STRATEGIES[header.strategy] ?? header.strategy}${header.repeat > 1 ? `, ${header.repeat} runs each` : ''}. ${stateOf(sweep, done)}`,
    noun: 'trial',
    axes: header.vary,
    trials: trials.sort(byRank),
    ahead: header.trials - done,
    data: /^mnist$/i.test(header.data) ? '' : ` --data ${quoted(header.data)}`,
    comparable: new Map(comparable),
  };
}

function stateOf({ header, end, winners }: LoggedSweep, done: number): string {
  if (!end) return `${count(done)} of ${count(header.trials)} are done so far.`;
  if (!end.complete) return 'It was ended early: the table is not complete.';
  const tested = winners.find(({ test }) => test);
  // The runs with seeds that no trial had: those that were chosen by are too good.
  const fresh = winners.filter(({ test }) => !test);
  const mean = fresh.reduce((sum, { dev }) => sum + dev.accuracy, 0) / fresh.length;
  const figures = [
    ...(fresh.length > 0 ? [`${percent(mean, 2)} on dev over ${amount(fresh.length, 'fresh seed')}`] : []),
    ...(tested ? [`${percent(tested.test!.accuracy, 2)} on the test set, opened once`] : []),
  ];
  if (end.winner === undefined) return 'It is complete.';
  return `It is complete. Trial ${end.winner} won${figures.length > 0 ? `: ${figures.join(', ')}` : ''}.`;
}

function trialOf(
  { header, trials }: LoggedSweep,
  number: number,
  all: readonly LoggedResult[],
  lastRung: number,
): Trial {
  const given = { ...header.settings, ...trials.get(number) };
  const rungs = groupedBy(all, ({ rung }) => rung);
  const ended = [...rungs].filter(([, results]) => results.length >= header.repeat);
  const rung = Math.max(0, ...ended.map(([at]) => at));
  const results = (rungs.get(rung) ?? []).toSorted((a, b) => a.repetition - b.repetition);
  const failed = all.find((one) => one.type === 'failed');
  const measured = results.filter(isMeasured);
  const first = all
    .filter(isMeasured)
    .filter((one) => one.repetition === 1)
    .toSorted((a, b) => a.rung - b.rung);
  const perEpoch = updatesPerEpoch(given, header.examples);
  const curve = first.flatMap((one) => one.curve);
  return {
    ...{ id: String(number), label: `trial ${number}`, given, rung },
    dev: measured.length > 0 && !failed ? devOf(measured) : undefined,
    epochs: measured[0] && measured[0].updates / perEpoch,
    isWhole: rung === lastRung,
    sha256: measured[0]?.parametersSha256,
    reason: failed?.type === 'failed' ? failed.reason : undefined,
    training: curve.map(({ iteration, loss }) => ({
      epoch: iteration / perEpoch,
      loss,
      accuracy: Number.NaN,
    })),
    watched: curve.flatMap(({ iteration, dev }) => (dev ? [{ epoch: iteration / perEpoch, ...dev }] : [])),
  };
}

function isMeasured(result: LoggedResult): result is Measured {
  return result.type === 'measured';
}

function devOf(results: readonly Measured[]): DevResult {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const accuracies = results.map(({ dev }) => dev.accuracy);
  const accuracy = mean(accuracies);
  const squares = accuracies.reduce((sum, value) => sum + (value - accuracy) ** 2, 0);
  return {
    ...{ accuracy, loss: mean(results.map(({ dev }) => dev.loss)), runs: results.length },
    ...(results.length > 1 && { deviation: Math.sqrt(squares / (results.length - 1)) }),
  };
}

/** Updates in an epoch; 1 if the settings are not valid in this version. */
function updatesPerEpoch(given: Trial['given'], examples: number): number {
  try {
    const { batchSize } = completeSettings(given);
    return batchSize === 'full' ? 1 : Math.ceil((examples - devExamples(given, examples)) / batchSize);
  } catch {
    return 1;
  }
}

/** A word for the shell. */
function quoted(word: string): string {
  return /^[\w./@:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
