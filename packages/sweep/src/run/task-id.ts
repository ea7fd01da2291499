import { createHash } from 'node:crypto';
import type { Task } from '../task.js';

/** Changes when the same settings and data may come to other bits. */
const VERSION = 'longhand task 1';

/**
 * The name of a task: SHA-256 of all that decides its result. 64 hexadecimal digits. Two tasks with
 * the same name are one task, in whatever sweep and whatever trial.
 */
export function taskId({ settings, data, until }: Pick<Task, 'settings' | 'data' | 'until'>): string {
  return createHash('sha256')
    .update(canonicalJson([VERSION, settings, data, until]))
    .digest('hex');
}

/** JSON in which the keys of every object stand in the order of their characters. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
