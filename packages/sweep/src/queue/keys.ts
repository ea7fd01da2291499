/** What all names in Redis start with, unless `--prefix` says otherwise. */
export const DEFAULT_PREFIX = 'longhand';

/**
 * The version of what is in the queue. Workers and sweeps of different versions do not meet: their
 * bits might differ.
 */
export const QUEUE_VERSION = '1';

/**
 * The name of the queue of some data. A worker without the data does not look there, so that it
 * never takes such a task.
 *
 * @param fingerprint SHA-256 of the training data
 */
export function queueName(fingerprint: string): string {
  return `tasks-${QUEUE_VERSION}-${fingerprint.slice(0, 32)}`;
}

/** The names of keys in Redis besides the queue's own. */
export function keysOf(prefix: string) {
  return {
    /** A hash: sweep → what it is, as JSON. */
    sweeps: `${prefix}:sweeps`,
    /** A set of names of workers, some of which may be gone. */
    workers: `${prefix}:workers`,
    /** What a worker is, as JSON; it expires when the worker is gone. */
    worker: (name: string) => `${prefix}:worker:${name}`,
    /** Why a worker was left out. */
    leftOut: (name: string) => `${prefix}:left-out:${name}`,
    /** Which process works at a sweep, as JSON; it expires when the process is gone. */
    lock: (sweep: string) => `${prefix}:lock:${sweep}`,
    /** The state of a task: a hash of its bytes and of who computed it. */
    state: (sweep: string, task: string) => `${prefix}:state:${sweep}:${task}`,
  };
}

/** An id of a job: the sweep's, the task's, and which of several computations it is, from 1. */
export function jobId(sweep: string, task: string, copy: number): string {
  return `${sweep}-${task}-${copy}`;
}

/** The parts of a job's id; undefined if it is not one of ours. */
export function parseJobId(
  id: string,
): { readonly sweep: string; readonly task: string; readonly copy: number } | undefined {
  const [, sweep, task, copy] = /^([0-9a-f]{16})-([0-9a-f]{64})-([0-9]{1,4})$/.exec(id) ?? [];
  return copy === undefined ? undefined : { sweep: sweep!, task: task!, copy: Number(copy) };
}
