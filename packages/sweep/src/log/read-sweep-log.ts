import { DataError, written } from '@longhand/core/errors';
import type { SweepLine } from './sweep-line.js';

type LineOf<Type extends SweepLine['type']> = Extract<SweepLine, { type: Type }>;

/** The result of a run of a trial, at one rung. */
export type LoggedResult = LineOf<'measured' | 'failed'>;

/** What the log of a sweep says so far. */
export interface LoggedSweep {
  /** The first line. */
  readonly header: LineOf<'sweep'>;
  /** By their numbers. The sweep may not have come to all of them yet. */
  readonly trials: ReadonlyMap<number, LineOf<'trial'>['settings']>;
  /** In the order in which they came, without those of workers that computed wrong bits. */
  readonly results: readonly LoggedResult[];
  /** The runs of the winner, in the order in which they came. */
  readonly winners: readonly LineOf<'winner'>[];
  /** Absent while the sweep goes on. */
  readonly end?: LineOf<'end'>;
}

/** Reads a log piece by piece, as it grows. */
export interface SweepLogReader {
  /**
   * Takes more of the log. A line without its line break waits for the rest.
   *
   * @throws DataError for a line that is not part of a sweep's log
   */
  add(text: string): void;
  /** What has been read so far; nothing before the first line. */
  readonly sweep: LoggedSweep | undefined;
}

const EXPECTED = 'Expected a file that longhand sweep --log wrote';

/**
 * Reads the log of a sweep. A last line without a line break was cut off, and is ignored.
 *
 * @param file its name, for the errors
 * @throws DataError for what is no log of a sweep, with the line
 */
export function readSweepLog(file: string, text: string): LoggedSweep {
  const reader = createSweepLogReader(file);
  reader.add(text);
  if (!reader.sweep) throw new DataError(`${file}: is empty. ${EXPECTED}`);
  return reader.sweep;
}

/**
 * Reads a log piece by piece, as it grows.
 *
 * @param file its name, for the errors
 */
export function createSweepLogReader(file: string): SweepLogReader {
  let rest = '';
  let count = 0;
  let header: LoggedSweep['header'] | undefined;
  let end: LoggedSweep['end'];
  const trials = new Map<number, LineOf<'trial'>['settings']>();
  const winners: LineOf<'winner'>[] = [];
  let results: LoggedResult[] = [];
  return {
    add(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const one of lines) {
        count++;
        const line = lineOf(one);
        const isMisplaced = (line?.type === 'sweep') !== (count === 1);
        if (!line || isMisplaced) {
          throw new DataError(
            `${file}: line ${count} is not part of a sweep’s log, found ${short(one)}. ${EXPECTED}`,
          );
        }
        if (line.type === 'sweep') header = line;
        else if (line.type === 'trial') trials.set(line.trial, line.settings);
        else if (line.type === 'winner') winners.push(line);
        else if (line.type === 'end') end = line;
        else if (line.type === 'distrusted') results = results.filter((one) => !isBy(one, line.worker));
        else results.push(line);
      }
    },
    get sweep() {
      if (!header) return undefined;
      return { header, trials: new Map(trials), results, winners, ...(end && { end }) };
    },
  };
}

/** Whether a worker had a part in a result. */
function isBy({ worker, workers }: LoggedResult, name: string): boolean {
  return (workers ?? [worker]).includes(name);
}

function short(text: string): string {
  const LONGEST = 40;
  return written(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

type Fields = Readonly<Record<string, unknown>>;

function lineOf(text: string): SweepLine | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isFields(line) && isWhole(line) ? (line as unknown as SweepLine) : undefined;
}

/** Whether a line has all that its type needs. Fields that this version does not know are left alone. */
function isWhole(line: Fields): boolean {
  const has = (kind: 'string' | 'boolean', ...keys: string[]) =>
    keys.every((key) => typeof line[key] === kind);
  const counts = (...keys: string[]) =>
    keys.every((key) => Number.isSafeInteger(line[key]) && (line[key] as number) >= 0);
  switch (line.type) {
    case 'sweep':
      return (
        line.version === 1 &&
        has('string', 'data', 'fingerprint', 'strategy') &&
        counts('trials', 'repeat', 'seed', 'examples') &&
        isFields(line.settings) &&
        Array.isArray(line.vary) &&
        line.vary.every(isDimension)
      );
    case 'trial':
      return counts('trial') && isFields(line.settings);
    case 'measured':
      return (
        counts('trial', 'repetition', 'rung', 'updates') &&
        has('string', 'worker', 'parametersSha256') &&
        isMeasure(line.dev) &&
        Array.isArray(line.curve) &&
        line.curve.every(isPoint)
      );
    case 'failed':
      return counts('trial', 'repetition', 'rung') && has('string', 'worker', 'reason');
    case 'distrusted':
      return has('string', 'worker');
    case 'winner':
      return counts('trial', 'seed') && has('string', 'parametersSha256') && isMeasure(line.dev);
    default:
      return line.type === 'end' && has('boolean', 'complete');
  }
}

function isDimension(value: unknown): boolean {
  if (!isFields(value) || typeof value.name !== 'string') return false;
  if (value.kind === 'choice') return Array.isArray(value.values);
  return value.kind === 'range' && Number.isFinite(value.from) && Number.isFinite(value.to);
}

function isMeasure(value: unknown): boolean {
  return isFields(value) && Number.isFinite(value.accuracy) && Number.isFinite(value.loss);
}

/** A loss that overflowed is null in JSON. */
function isPoint(value: unknown): boolean {
  return isFields(value) && Number.isFinite(value.iteration);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
