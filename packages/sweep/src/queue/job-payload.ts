import { DataError } from '@longhand/core/errors';
import { taskFrom } from '../run/task-from.js';
import type { CurvePoint, Task, TaskOutcome } from '../task.js';

/** What a job asks for. It is JSON: settings, never code. */
export interface JobPayload {
  readonly sweep: string;
  readonly task: Task;
  /** Which computation of the task this is, from 1: those after the first verify it. */
  readonly copy: number;
  /** The workers that must not do it, since they did it before. */
  readonly except: readonly string[];
}

/** What a worker answers. */
export interface JobAnswer {
  readonly outcome: TaskOutcome;
  readonly seconds: number;
  readonly worker: string;
  /** All workers whose work is in it: those, too, from whose states it went on. */
  readonly workers: readonly string[];
}

const MAX_NAME = 100;

/**
 * A job's payload, checked.
 *
 * @throws DataError for anything else, in one line that names the field
 */
export function payloadFrom(json: unknown): JobPayload {
  const { sweep, task, copy, except } = objectFrom(json, 'job');
  if (typeof sweep !== 'string' || !/^[0-9a-f]{16}$/.test(sweep)) throw unlike('sweep', sweep);
  if (!Number.isSafeInteger(copy) || (copy as number) < 1) throw unlike('copy', copy);
  return { sweep, task: taskFrom(task), copy: copy as number, except: namesFrom(except, 'except') };
}

/**
 * A worker's answer, checked.
 *
 * @throws DataError for anything else, in one line that names the field
 */
export function answerFrom(json: unknown): JobAnswer {
  const { outcome, seconds, worker, workers } = objectFrom(json, 'answer');
  if (typeof worker !== 'string' || worker === '' || worker.length > MAX_NAME) throw unlike('worker', worker);
  if (!isAmount(seconds)) throw unlike('seconds', seconds);
  return { outcome: outcomeFrom(outcome), seconds, worker, workers: namesFrom(workers, 'workers') };
}

function outcomeFrom(json: unknown): TaskOutcome {
  const outcome = objectFrom(json, 'outcome');
  if (outcome.type === 'failed') {
    const { reason } = outcome;
    if (typeof reason !== 'string') throw unlike('outcome.reason', reason);
    return { type: 'failed', reason };
  }
  if (outcome.type !== 'measured') throw unlike('outcome.type', outcome.type);
  const { updates, parametersSha256, train, dev, curve } = outcome;
  if (!Number.isSafeInteger(updates) || !isAmount(updates)) throw unlike('outcome.updates', updates);
  if (typeof parametersSha256 !== 'string' || !/^[0-9a-f]{64}$/.test(parametersSha256))
    throw unlike('outcome.parametersSha256', parametersSha256);
  if (!Array.isArray(curve)) throw unlike('outcome.curve', curve);
  return {
    ...{ type: 'measured', updates, parametersSha256 },
    ...(train !== undefined && { train: measureFrom(train, 'train') }),
    ...{ dev: measureFrom(dev, 'dev'), curve: curve.map(pointFrom) },
  };
}

function measureFrom(json: unknown, name: string) {
  const { examples, loss, accuracy } = objectFrom(json, `outcome.${name}`);
  if (!Number.isSafeInteger(examples) || !isAmount(examples)) throw unlike(`${name}.examples`, examples);
  if (!isAmount(loss)) throw unlike(`${name}.loss`, loss);
  if (!isAmount(accuracy) || accuracy > 1) throw unlike(`${name}.accuracy`, accuracy);
  return { examples, loss, accuracy };
}

function pointFrom(json: unknown): CurvePoint {
  const { iteration, loss, accuracy, dev } = objectFrom(json, 'curve');
  if (!Number.isSafeInteger(iteration) || !isAmount(iteration)) throw unlike('curve.iteration', iteration);
  if (!isAmount(loss)) throw unlike('curve.loss', loss);
  if (accuracy !== undefined && (!isAmount(accuracy) || accuracy > 1))
    throw unlike('curve.accuracy', accuracy);
  const own = { iteration, loss, ...(accuracy !== undefined && { accuracy }) };
  if (dev === undefined) return own;
  const at = objectFrom(dev, 'curve.dev');
  if (!isAmount(at.loss)) throw unlike('curve.dev.loss', at.loss);
  if (!isAmount(at.accuracy) || at.accuracy > 1) throw unlike('curve.dev.accuracy', at.accuracy);
  return { ...own, dev: { loss: at.loss, accuracy: at.accuracy } };
}

function namesFrom(json: unknown, field: string): readonly string[] {
  const isList =
    Array.isArray(json) && json.every((name) => typeof name === 'string' && name.length <= MAX_NAME);
  if (!isList) throw unlike(field, json);
  return json;
}

function objectFrom(json: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw unlike(name, json);
  return json as Readonly<Record<string, unknown>>;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

const LONGEST = 60;

function unlike(field: string, value: unknown): DataError {
  const found = (JSON.stringify(value) ?? 'nothing').slice(0, LONGEST);
  return new DataError(`${field}: this is not of a sweep of ours: found ${found}`);
}
