import { closeSync, openSync, writeSync } from 'node:fs';
import { DataError, type Measure, type Settings, type Step } from '@longhand/core';
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
    };

/** A file that grows by a line for every measured point, so that what was measured is there whatever ends the run. */
export interface RunLog {
  write(line: LogLine): void;
  close(): void;
}

/**
 * @throws DataError when the file is there already, or cannot be made
 */
export function createRunLog(file: string): RunLog {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new DataError(`${file}: is there already: name another --log, or remove it first`);
    if (code === 'ENOENT')
      throw new DataError(`${file}: cannot write the log: the folder does not exist: make it first`);
    if (code === 'EACCES')
      throw new DataError(
        `${file}: cannot write the log: no permission to write there: choose another place`,
      );
    throw new DataError(`${file}: cannot write the log: ${message}`);
  }
  return {
    write: (line) => {
      writeSync(descriptor, `${JSON.stringify(line)}\n`);
    },
    close: () => closeSync(descriptor),
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
