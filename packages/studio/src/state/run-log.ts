import { DataError, type Measure, type Settings, type Step } from '@longhand/core';
import type { Json } from '@longhand/core/files';
import { withCurrentNames } from '@longhand/core/settings';
import { columnsOf, type Point, pointsOf, type RunRecord } from './run-record.js';

/** Lines of a log of the command that the page reads. It is written in packages/cli/src/training/run-log.ts. */
interface Begun {
  readonly type: 'run';
  readonly data?: string;
  readonly layers?: readonly number[];
  readonly examples?: number;
  readonly settings: Partial<Settings>;
}
interface Logged {
  readonly begun: Begun;
  readonly steps: (Step & { readonly seconds?: number })[];
  end: End | undefined;
}
interface End {
  readonly iterations: number;
  readonly stopReason?: string;
  readonly seconds?: number;
  readonly train: Measure;
  readonly dev: Measure | null;
  readonly test: Measure | null;
  readonly parametersSha256?: string;
}

const EXPECTED = 'Expected a file that longhand train --log wrote';

/**
 * The runs in a log. A last line without a line break was cut off, and is ignored.
 *
 * @throws DataError with the line that is wrong
 */
export function readRunLog(file: string, text: string): Omit<RunRecord, 'number'>[] {
  const lines = text.split('\n');
  lines.pop();
  const runs: Logged[] = [];
  for (const [k, written] of lines.entries()) {
    const line = parse(written);
    const run = runs.at(-1);
    if (line?.type === 'run' && line.version === 1 && isObject(line.settings))
      runs.push({ begun: line as unknown as Begun, steps: [], end: undefined });
    else if (line?.type === 'step' && run && !run.end && isStep(line))
      run.steps.push(line as unknown as Step);
    else if (line?.type === 'end' && run && !run.end && isObject(line.train))
      run.end = line as unknown as End;
    else if (line?.type === 'test' && runs[Number(line.run) - 1]?.end) {
      const tested = runs[Number(line.run) - 1]!;
      tested.end = { ...tested.end!, test: line as unknown as Measure };
    } else throw new DataError(`${file}: line ${k + 1} is not part of a run log. ${EXPECTED}`);
  }
  if (runs.length === 0) throw new DataError(`${file}: contains no run. ${EXPECTED}`);
  return runs.map((run, k) => recordOf(run, `${file}${runs.length > 1 ? `, run ${k + 1}` : ''}`));
}

function recordOf({ begun, steps, end }: Logged, title: string): Omit<RunRecord, 'number'> {
  const iterations = end?.iterations ?? steps.at(-1)?.iterations ?? steps.at(-1)?.iteration ?? 0;
  const last = steps.at(-1);
  const { data = 'data of the command', layers = [], examples = 0 } = begun;
  const watched = steps.flatMap(({ epoch, dev }): Point[] =>
    dev ? [{ epoch, loss: dev.loss, accuracy: dev.accuracy }] : [],
  );
  const seconds = end?.seconds ?? last?.seconds ?? 0;
  return {
    // The same log dropped twice is the same run.
    id: `log ${title} ${end?.parametersSha256 ?? last?.loss ?? ''}`,
    title,
    note: '',
    given: withCurrentNames(begun.settings as Record<string, Json>) as Partial<Settings>,
    about: {
      ...{ name: data, length: examples, inputs: layers[0] ?? 0, classes: layers.at(-1) ?? 0 },
      // A log does not say what its pictures measure. It holds no weights to show as pictures.
      ...{ width: layers[0] ?? 0, height: 1 },
    },
    examples,
    state: end?.stopReason === 'interrupted' || !end ? 'closed' : end.test ? 'done' : 'closed',
    step: last && { ...last, iterations, ...(end && { loss: end.train.loss, accuracy: end.train.accuracy }) },
    dev: end?.dev ?? steps.findLast(({ dev }) => dev)?.dev,
    milliseconds: 1000 * seconds,
    threads: 0,
    firstLoss: steps[0]?.loss ?? Number.NaN,
    worstLoss: steps.reduce((most, { loss }) => Math.max(most, loss), 0),
    training: columnsOf(steps),
    watched: columnsOf(watched),
    result: end && {
      sha256: end.parametersSha256 ?? '',
      test: end.test ?? undefined,
      milliseconds: 1000 * seconds,
      threads: 0,
      stopped: end.stopReason === 'interrupted',
    },
    snapshots: [],
  };
}

/** A run as a log of the command, which `longhand runs` and this page read. */
export function writeRunLog(run: RunRecord): string {
  const { given, about, examples, step, dev, result, milliseconds } = run;
  const layers = run.shape
    ? [run.shape.layers[0]!.inputs, ...run.shape.layers.map(({ units }) => units)]
    : [];
  const seconds = milliseconds / 1000;
  const devs = new Map(pointsOf(run.watched).map(({ epoch, loss, accuracy }) => [epoch, { loss, accuracy }]));
  const { iteration = 0, iterations = 0, epoch: ended = 0 } = step ?? {};
  const lines: unknown[] = [
    {
      ...{ type: 'run', version: 1, data: about?.name ?? '', layers, examples, settings: given },
    },
    ...pointsOf(run.training).map(({ epoch, loss, accuracy }) => {
      const measured = devs.get(epoch);
      return {
        type: 'step',
        iteration: ended > 0 ? Math.round((epoch / ended) * iteration) : 0,
        epoch,
        seconds: ended > 0 ? (epoch / ended) * seconds : 0,
        ...{ loss, accuracy },
        ...(measured && { dev: { examples: dev?.examples ?? 0, ...measured } }),
      };
    }),
  ];
  if (result && step) {
    lines.push({
      ...{ type: 'end', iterations, updates: iteration },
      stopReason: result.stopped ? 'interrupted' : 'iterations',
      seconds,
      train: { examples, loss: step.loss, accuracy: step.accuracy },
      dev: dev ?? null,
      test: result.test ?? null,
      parametersSha256: result.sha256,
    });
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isObject(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isStep({ iteration, epoch, loss, accuracy }: Record<string, unknown>): boolean {
  return [iteration, epoch, loss, accuracy].every((value) => typeof value === 'number');
}
