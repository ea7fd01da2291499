import { DataError, written } from '@longhand/core/errors';
import { type LoggedResult, type LoggedSweep, readSweepLog } from '../log/read-sweep-log.js';
import type { SweepPlan } from '../plan/plan-sweep.js';
import { canonicalJson } from '../run/task-id.js';
import type { TaskResult } from '../task.js';

/** What a log says that a sweep already knows. */
export interface KnownSweep extends Pick<LoggedSweep, 'header' | 'trials' | 'winners'> {
  /** By the tasks' ids, without those of workers that computed wrong bits, and failures of a machine. */
  readonly results: Map<string, TaskResult>;
  /** Whether it has come to its end. */
  readonly isComplete: boolean;
  /** Bytes of the log that are whole; what follows was cut off while it was written. */
  readonly wholeBytes: number;
}

/**
 * What the log of a sweep holds. A last line without a line break was cut off, and does not count.
 *
 * @param file its name, for the errors
 * @throws DataError for what is no log of a sweep, with the line; and for two results of one task that differ
 */
export function readSweep(bytes: Uint8Array, file: string): KnownSweep {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const logged = readSweepLog(file, new TextDecoder().decode(bytes.subarray(0, wholeBytes)));
  const results = new Map<string, TaskResult>();
  for (const result of logged.results) addResult(results, result, file);
  const { header, trials, winners, end } = logged;
  return { header, trials, winners, results, isComplete: end?.complete === true, wholeBytes };
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
    const isData = name === 'fingerprint';
    const differs = isData ? '' : ` (${short(theirs)}, not ${short(mine)})`;
    throw new DataError(
      `${file}: is the log of a sweep with other ${isData ? 'data' : name}${differs}: resume with the flags that began it, or choose another file`,
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

const LONGEST = 100;

function short(value: unknown): string {
  const text = value === undefined ? 'none' : written(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function addResult(results: Map<string, TaskResult>, logged: LoggedResult, file: string): void {
  const { trial, repetition: _r, rung: _g, until: _u, ...result } = logged;
  if (result.type === 'failed' && result.ofMachine) return;
  const before = results.get(result.id);
  const isOther =
    before?.type === 'measured' &&
    result.type === 'measured' &&
    before.parametersSha256 !== result.parametersSha256;
  if (isOther) {
    throw new DataError(
      `${file}: a run of trial ${trial} has two results with different bits: ${before.worker} or ${result.worker} computes wrong`,
    );
  }
  results.set(result.id, result as TaskResult);
}
