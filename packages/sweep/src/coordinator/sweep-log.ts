import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { DataError } from '@longhand/core/errors';
import type { SweepLine } from '../log/sweep-line.js';
import type { SweepPlan } from '../plan/plan-sweep.js';
import { checkSameSweep, type KnownSweep, readSweep } from './read-sweep.js';

/** The log of a sweep: each result is there as soon as it is known. */
export interface SweepLog {
  /** Never throws: a sweep is worth more than its log. */
  write(line: SweepLine): void;
  /** Ends the file. */
  close(): void;
}

/** A log that is kept nowhere. */
export const NO_LOG: SweepLog = { write: () => undefined, close: () => undefined };

/**
 * Begins a log.
 *
 * @param warn called once, if the log cannot be written any more
 * @throws DataError if the file exists, or cannot be created
 */
export function createSweepLog(file: string, plan: SweepPlan, warn: (message: string) => void): SweepLog {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new DataError(`${file}: exists: go on with --resume ${file}, or choose another file for --log`);
    throw new DataError(`${file}: cannot write the log: ${(error as Error).message}`);
  }
  const log = logOn(descriptor, file, warn);
  log.write(plan.header);
  writeTrials(log, plan, new Map());
  return log;
}

/**
 * Goes on with a log, behind its last whole line.
 *
 * @throws DataError if it is that of another sweep, damaged, or cannot be written
 */
export function resumeSweepLog(
  file: string,
  plan: SweepPlan,
  known: KnownSweep,
  warn: (message: string) => void,
): SweepLog {
  checkSameSweep(known, plan, file);
  let descriptor: number;
  try {
    descriptor = openSync(file, 'a');
    ftruncateSync(descriptor, known.wholeBytes);
  } catch (error) {
    throw new DataError(`${file}: cannot write the log: ${(error as Error).message}`);
  }
  const log = logOn(descriptor, file, warn);
  writeTrials(log, plan, known.trials);
  return log;
}

/** @throws DataError for a file that is missing, or no log of a sweep */
export function readSweepFile(file: string): KnownSweep {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DataError(
      `${file}: ${isMissing ? 'does not exist' : (error as Error).message}: expected a file that longhand sweep --log wrote`,
    );
  }
  return readSweep(bytes, file);
}

function writeTrials(log: SweepLog, { trials }: SweepPlan, known: KnownSweep['trials']): void {
  for (const { trial, candidate } of trials)
    if (!known.has(trial)) log.write({ type: 'trial', trial, settings: candidate });
}

function logOn(descriptor: number, file: string, warn: (message: string) => void): SweepLog {
  let isWhole = true;
  const attempt = (work: () => void) => {
    if (!isWhole) return;
    try {
      work();
    } catch (error) {
      isWhole = false;
      warn(`${file}: cannot write the log: ${(error as Error).message}; the sweep goes on without it`);
    }
  };
  return {
    // On a nearly full disk, a line may be written in part: this writes the rest, or throws.
    write: (line) => attempt(() => writeFileSync(descriptor, `${JSON.stringify(line)}\n`)),
    close: () =>
      attempt(() => {
        fsyncSync(descriptor);
        closeSync(descriptor);
      }),
  };
}
