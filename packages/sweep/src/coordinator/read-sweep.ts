import { DataError, written } from '@longhand/core/errors';
import type { SweepLine } from '../log/sweep-line.js';
import type { SweepPlan } from '../plan/plan-sweep.js';
import { canonicalJson } from '../run/task-id.js';
import type { Candidate } from '../space/candidates.js';
import type { TaskResult } from '../task.js';

type Header = Extract<SweepLine, { type: 'sweep' }>;
type WinnerLine = Extract<SweepLine, { type: 'winner' }>;

/** What a log says that a sweep already knows. */
export interface KnownSweep {
  readonly header: Header;
  /** By the tasks' ids, without those of workers that computed wrong bits. */
  readonly results: Map<string, TaskResult>;
  /** What varies in each trial that has a line. */
  readonly trials: ReadonlyMap<number, Candidate>;
  /** Runs of the winner with fresh seeds. */
  readonly winners: readonly WinnerLine[];
  /** Whether it has come to its end. */
  readonly isComplete: boolean;
  /** Bytes of the log that are whole; what follows was cut off while it was written. */
  readonly wholeBytes: number;
}

const TYPES: readonly SweepLine['type'][] = [
  ...(['sweep', 'trial', 'measured', 'failed', 'distrusted', 'winner', 'end'] as const),
];

/**
 * What the log of a sweep holds. A last line without a line break was cut off, and does not count.
 *
 * @param file its name, for the errors
 * @throws DataError for what is no log of a sweep, with the line; and for two results of one task that differ
 */
export function readSweep(bytes: Uint8Array, file: string): KnownSweep {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = new TextDecoder().decode(bytes.subarray(0, wholeBytes)).split('\n').slice(0, -1);
  const results = new Map<string, TaskResult>();
  const trials = new Map<number, Candidate>();
  const winners: WinnerLine[] = [];
  let header: Header | undefined;
  let isComplete = false;
  for (const [k, text] of lines.entries()) {
    const line = parseLine(text);
    const isHeader = line?.type === 'sweep';
    if (!line || isHeader !== (k === 0)) {
      throw new DataError(
        `${file}: line ${k + 1} is not part of a sweep's log: expected a file that longhand sweep --log wrote`,
      );
    }
    if (line.type === 'sweep') header = line;
    else if (line.type === 'trial') trials.set(line.trial, line.settings);
    else if (line.type === 'winner') winners.push(line);
    else if (line.type === 'distrusted') dropResultsOf(line.worker, results);
    else if (line.type === 'end') isComplete ||= line.complete;
    else addResult(results, line, `${file}: line ${k + 1}`);
  }
  if (!header) throw new DataError(`${file}: is empty: expected a file that longhand sweep --log wrote`);
  return { header, results, trials, winners, isComplete, wholeBytes };
}

/** Drops the results in which a worker had a part that computed wrong bits. */
export function dropResultsOf(distrusted: string, results: Map<string, TaskResult>): void {
  for (const [id, { worker, workers = [worker] }] of results)
    if (workers.includes(distrusted)) results.delete(id);
}

/**
 * @throws DataError if the log is that of another sweep, and what differs
 */
export function checkSameSweep(
  known: KnownSweep,
  { header, trials }: Pick<SweepPlan, 'header' | 'trials'>,
  file: string,
): void {
  const [own, other] = [header, known.header].map((one) => one as unknown as Record<string, unknown>);
  const names = new Set([...Object.keys(own!), ...Object.keys(other!)]);
  for (const name of names) {
    const [mine, theirs] = [own![name], other![name]];
    // The same data may lie elsewhere now.
    if (name === 'data' || canonicalJson([mine]) === canonicalJson([theirs])) continue;
    const what = name === 'fingerprint' ? 'data' : name;
    const differs = name === 'fingerprint' ? '' : ` (${short(theirs)}, not ${short(mine)})`;
    throw new DataError(
      `${file}: is the log of a sweep with another ${what}${differs}: resume with the flags that began it, or choose another file`,
    );
  }
  checkSameTrials(known, trials, file);
}

/** @throws DataError for a trial with other settings: the log was written by another version */
function checkSameTrials(known: KnownSweep, trials: SweepPlan['trials'], file: string): void {
  for (const [trial, settings] of known.trials) {
    const own = trials[trial - 1]?.candidate;
    if (canonicalJson(own ?? null) === canonicalJson(settings)) continue;
    throw new DataError(
      `${file}: its trial ${trial} has other settings than this version of Longhand draws: begin a new sweep`,
    );
  }
}

function short(value: unknown): string {
  const text = value === undefined ? 'none' : written(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function addResult(
  results: Map<string, TaskResult>,
  {
    trial: _t,
    repetition: _r,
    rung: _g,
    until: _u,
    ...result
  }: Extract<SweepLine, { type: 'measured' | 'failed' }>,
  place: string,
): void {
  const before = results.get(result.id);
  if (
    before?.type === 'measured' &&
    result.type === 'measured' &&
    before.parametersSha256 !== result.parametersSha256
  ) {
    throw new DataError(
      `${place}: has other bits than a line before it for the same run: ${before.worker} or ${result.worker} computes wrong`,
    );
  }
  results.set(result.id, result as TaskResult);
}

function parseLine(text: string): SweepLine | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof line !== 'object' || line === null) return undefined;
  const found = line as Record<string, unknown>;
  if (!TYPES.some((type) => type === found.type)) return undefined;
  return isWhole(found) ? (line as SweepLine) : undefined;
}

function isWhole({ type, ...line }: Record<string, unknown>): boolean {
  const isMeasure = (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    ['accuracy', 'loss'].every((key) => Number.isFinite((value as Record<string, unknown>)[key]));
  const has = (kind: string, ...keys: string[]) => keys.every((key) => typeof line[key] === kind);
  switch (type) {
    case 'sweep':
      return (
        line.version === 1 &&
        has('string', 'fingerprint', 'strategy') &&
        Array.isArray(line.vary) &&
        has('number', 'trials', 'repeat', 'seed')
      );
    case 'trial':
      return has('number', 'trial') && has('object', 'settings');
    case 'measured':
      return (
        has('string', 'id', 'worker', 'parametersSha256') &&
        has('number', 'updates', 'seconds') &&
        isMeasure(line.dev)
      );
    case 'failed':
      return has('string', 'id', 'worker', 'reason');
    case 'distrusted':
      return has('string', 'worker');
    case 'winner':
      return has('number', 'trial', 'seed') && has('string', 'parametersSha256') && isMeasure(line.dev);
    default:
      return true;
  }
}
