import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type { Measure, Settings, Step } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import type { RunOutcome } from '@longhand/core/training';
import { reasonOf } from '../model/save-model.js';

/** One line of a log. */
export type LogLine =
  | {
      readonly type: 'run';
      /** The version of the log's format. */
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
      readonly updates: number;
      /** Why it stopped, or `interrupted`. */
      readonly stopReason: string;
      readonly seconds: number;
      readonly train: Measure;
      readonly dev: Measure | null;
      readonly test: Measure | null;
      readonly parametersSha256: string;
    }
  | ({
      readonly type: 'test';
      /** Which run of the log, from 1. With several runs, they are tested after the last one. */
      readonly run: number;
    } & Measure);

/** A file that gets one line per measurement, so that they are kept however the run ends. */
export interface RunLog {
  /** If writing fails, it warns once and writes no more: the run is worth more than its log. */
  write(line: LogLine): void;
  /** Removes the file if it is empty: the run has not started. */
  close(): void;
}

/**
 * @param warn called once, if the log cannot be written
 * @throws DataError if the file exists, or cannot be created
 */
export function createRunLog(file: string, warn: (message: string) => void): RunLog {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new DataError(`${file}: exists: choose another file for --log, or remove it`);
    throw new DataError(`${file}: cannot write the log: ${reasonOf(error)}`);
  }
  let [isEmpty, isWhole] = [true, true];
  const attempt = (work: () => void) => {
    if (!isWhole) return;
    try {
      work();
    } catch (error) {
      isWhole = false;
      warn(`${file}: cannot write the log: ${reasonOf(error)}; training continues without the log`);
    }
  };
  return {
    write: (line) => {
      isEmpty = false;
      // On a nearly full disk, a line may be written in part: this writes the rest, or throws.
      attempt(() => writeFileSync(descriptor, `${JSON.stringify(line)}\n`));
    },
    close: () => {
      attempt(() => closeSync(descriptor));
      if (isEmpty) rmSync(file, { force: true });
    },
  };
}

/** The log's line for a step. */
export function lineOf({ iteration, epoch, loss, accuracy, dev }: Step, seconds: number): LogLine {
  return { type: 'step', iteration, epoch, seconds, loss, accuracy, ...(dev ? { dev } : {}) };
}

/** The log's line for the end of a run. */
export function endOf(
  { iterations, updates, stopReason, train, dev }: RunOutcome,
  seconds: number,
  test: Measure | null,
  parametersSha256: string,
): LogLine {
  return {
    ...{ type: 'end', iterations, updates, stopReason: stopReason ?? 'interrupted', seconds },
    ...{ train, dev, test, parametersSha256 },
  };
}
