import type { Measure } from '@longhand/core';
import { formatSetting, SETTINGS } from '@longhand/core/settings';
import { count, duration, percent } from '@longhand/core/text';
import { print } from '../streams.js';
import { linearAxis, logAxis } from '../terminal/axis.js';
import { type Chart, drawChart, type Series } from '../terminal/curve.js';
import type { Style } from '../terminal/paint.js';
import { rowsFitting } from '../terminal/rows.js';
import { sideBySide } from '../terminal/side-by-side.js';
import { terminalOf } from '../terminal/terminal.js';
import { spreadOf } from '../training/repetitions.js';
import type { LoggedRun } from './logged-run.js';

const STYLES: readonly Style[] = ['cyan', 'yellow', 'green', 'red', 'blue', 'dim'];
const ROWS = 11;
const NARROWEST_PAIR = 96;
const WIDEST = 150;
const GAP = 3;

/** Prints the runs as a table with the settings that differ and, in a terminal, their curves. */
export function printRuns(runs: readonly LoggedRun[], { quiet }: { quiet: boolean }): void {
  const table = [
    ['run', 'iterations', 'time', 'train', 'dev', 'test', 'differences'],
    ...runs.map((run, k) => rowOf(run, k, runs)),
  ];
  const widths = table[0]!.map((_, c) => Math.max(...table.map((row) => [...row[c]!].length)));
  const lines = table.map((row) => {
    const cells = row.map((cell, c) => (c === row.length - 1 ? cell : cell.padStart(widths[c]!)));
    return cells.join('  ').trimEnd();
  });
  const terminal = terminalOf(process.stdout);
  for (const line of rowsFitting(lines, table, terminal)) print(line);
  for (const line of describeSpreads(runs)) print(line);
  if (quiet || !terminal.interactive) return;
  const drawn = runs.filter(({ steps }) => steps.length > 1).slice(0, STYLES.length);
  if (drawn.length > 0) print(['', ...drawCurves(drawn, runs, terminal)].join('\n'));
  if (drawn.length < runs.length) print(`Only ${drawn.length} of the ${runs.length} runs are drawn.`);
}

/** The document of `longhand runs --json`. */
export function describeRunsAsJson(runs: readonly LoggedRun[]): object {
  return runs.map(({ file, begun, steps, end }) => ({
    ...{ file, data: begun.data, layers: begun.layers, settings: begun.settings },
    steps: steps.length,
    last: steps.at(-1) ?? null,
    end: end ?? null,
  }));
}

function rowOf(run: LoggedRun, k: number, all: readonly LoggedRun[]): string[] {
  const { steps, end } = run;
  const last = steps.at(-1);
  const of = (measure: Pick<Measure, 'accuracy'> | null | undefined) =>
    measure ? percent(measure.accuracy) : '–';
  return [
    String(k + 1),
    `${count(end?.updates ?? last?.iteration ?? 0)}${end ? '' : ' so far'}`,
    duration(end?.seconds ?? last?.seconds ?? 0),
    of(end ? end.train : last),
    of(end ? end.dev : steps.findLast(({ dev }) => dev)?.dev),
    of(end?.test),
    differenceOf(run, all) || 'none',
  ];
}

/** The settings of a run that are not the same in all runs: `α 0.3, seed 2`. */
function differenceOf(run: LoggedRun, all: readonly LoggedRun[]): string {
  const words = SETTINGS.flatMap((setting) => {
    const text = ({ begun }: LoggedRun) => {
      const value = begun.settings[setting.name];
      return value === undefined ? '' : formatSetting(setting, value);
    };
    const own = text(run);
    return own === '' || all.every((other) => text(other) === own)
      ? []
      : [`${setting.symbol ?? setting.name} ${own}`];
  });
  if (!all.every(({ begun }) => begun.data === run.begun.data)) words.unshift(run.begun.data);
  return words.join(', ');
}

/** Mean and standard deviation of the runs that differ in their seed only. */
function describeSpreads(runs: readonly LoggedRun[]): string[] {
  const groups = new Map<string, LoggedRun[]>();
  for (const run of runs) {
    if (!run.end) continue;
    const { seed: _, ...settings } = run.begun.settings;
    const key = JSON.stringify([run.begun.data, run.begun.layers, settings]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const numbers = group.map((run) => runs.indexOf(run) + 1).join(', ');
      const figures = (['train', 'dev', 'test'] as const).flatMap((name) => {
        const measures = group.flatMap(({ end }) => end![name] ?? []);
        if (measures.length < group.length) return [];
        const { mean, standardDeviation } = spreadOf(measures.map(({ accuracy }) => accuracy));
        return [`${name} ${percent(mean)} ± ${(100 * standardDeviation).toFixed(2)}`];
      });
      return `runs ${numbers}: ${figures.join(', ')}`;
    });
}

/** Loss and accuracy over the epochs: on dev if it was evaluated, else on the training batches. */
function drawCurves(
  drawn: readonly LoggedRun[],
  all: readonly LoggedRun[],
  terminal: ReturnType<typeof terminalOf>,
): string[] {
  const room = Math.min(terminal.width - 1, WIDEST);
  const width = room >= NARROWEST_PAIR ? Math.floor((room - GAP) / 2) : Math.min(room, 78);
  const hasDev = drawn.every(({ steps }) => steps.some(({ dev }) => dev));
  const series = (value: (measure: Pick<Measure, 'loss' | 'accuracy'>) => number): Series[] =>
    drawn.map((run, k) => ({
      name: String(all.indexOf(run) + 1),
      style: STYLES[k]!,
      mark: 'line',
      points: run.steps.flatMap((step) => {
        const measure = hasDev ? step.dev : step;
        return measure ? [{ x: step.epoch, y: value(measure) }] : [];
      }),
    }));
  const end = Math.max(...drawn.flatMap(({ steps }) => steps.map(({ epoch }) => epoch)));
  const common = {
    x: linearAxis(0, end, 5),
    xName: 'epochs',
    xLabel: (value: number) => String(Number(value.toPrecision(3))),
    width,
    height: ROWS,
  };
  const losses = series(({ loss }) => loss);
  const values = losses.flatMap(({ points }) => points.map(({ y }) => y));
  const accuracies = series(({ accuracy }) => accuracy);
  const least = Math.min(...accuracies.flatMap(({ points }) => points.map(({ y }) => y)));
  const name = hasDev ? 'dev' : 'train';
  const loss: Chart = {
    ...common,
    title: `${name} loss (nats)`,
    series: losses,
    y: logAxis(Math.min(...values), Math.max(...values), Math.ceil(ROWS / 2)),
    yLabel: String,
  };
  const accuracy: Chart = {
    ...common,
    title: `${name} accuracy`,
    series: accuracies,
    y: linearAxis(Math.max(0, Math.floor(10 * least) / 10), 1, 6),
    yLabel: (value) => percent(value, 0),
  };
  return sideBySide([drawChart(loss, terminal), drawChart(accuracy, terminal)], { width: room, gap: GAP });
}
