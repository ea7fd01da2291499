import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { DataError, type Measure, type Settings, type Step } from '@longhand/core';
import { reasonOf } from '../model/save-model.js';
import type { RunOutcome } from './outcome.js';

/** One line of a log. */
export type LogLine =
  | {
      readonly type: 'run';
      /** Of this form of log. */
      readonly version: 1;
      readonly data: string;
      readonly layers: readonly number[];
      readonly examples: number;
      readonly settings: Partial<Settings>;
    }
  | ({
      readonly type: 'step';
      readonly iteration: number;
      readonly epoch: number;
      readonly seconds: number;
    } & {
      readonly loss: number;
      readonly accuracy: number;
      readonly dev?: Measure;
    })
  | {
      readonly type: 'end';
      readonly iterations: number;
      readonly made: number;
      /** Why it ended by itself, or `interrupted`. */
      readonly ended: string;
      readonly seconds: number;
      readonly train: Measure;
      readonly dev: Measure | null;
      readonly test: Measure | null;
      readonly parametersSha256: string;
    }
  | ({
      readonly type: 'test';
      /** Which of the log's runs, from 1: of several, the test set is opened when all have ended. */
      readonly run: number;
    } & Measure);

/** A file that grows by a line for every measured point, so that what was measured is there whatever ends the run. */
export interface RunLog {
  /** A run is worth more than its log: what cannot be written is said once, and nothing is written from then on. */
  write(line: LogLine): void;
  /** An empty one is removed: its run has not begun. */
  close(): void;
}

/**
 * @param warn is told, once, why the log goes no further
 * @throws DataError when the file is there already, or cannot be made
 */
export function createRunLog(file: string, warn: (message: string) => void): RunLog {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new DataError(`${file}: is there already: name another --log, or remove it first`);
    throw new DataError(`${file}: cannot write the log: ${reasonOf(error)}`);
  }
  let [isEmpty, isWhole] = [true, true];
  const attempt = (work: () => void) => {
    if (!isWhole) return;
    try {
      work();
    } catch (error) {
      isWhole = false;
      warn(`${file}: cannot write the log: ${reasonOf(error)}; training goes on, the log ends here`);
    }
  };
  return {
    write: (line) => {
      isEmpty = false;
      // A disk that is nearly full takes a part of a line: this writes the rest of it, or throws.
      attempt(() => writeFileSync(descriptor, `${JSON.stringify(line)}\n`));
    },
    close: () => {
      attempt(() => closeSync(descriptor));
      if (isEmpty) rmSync(file, { force: true });
    },
  };
}

/** What a log keeps of a step. */
export function lineOf({ iteration, epoch, loss, accuracy, dev }: Step, seconds: number): LogLine {
  return { type: 'step', iteration, epoch, seconds, loss, accuracy, ...(dev ? { dev } : {}) };
}

/** What a log keeps of the end. */
export function endOf(
  { iterations, made, ended, train, dev }: RunOutcome,
  seconds: number,
  test: Measure | null,
  parametersSha256: string,
): LogLine {
  return {
    ...{ type: 'end', iterations, made, ended: ended ?? 'interrupted', seconds },
    ...{ train, dev, test, parametersSha256 },
  };
}
