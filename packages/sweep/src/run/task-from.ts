import { DataError, SettingError, written } from '@longhand/core/errors';
import { completeSettings, SETTINGS, type SettingName, settingNamed } from '@longhand/core/settings';
import type { RunSettings, Task } from '../task.js';
import { taskId } from './task-id.js';

const DIGEST = /^[0-9a-f]{64}$/;
const KEYS = ['id', 'trial', 'repetition', 'rung', 'settings', 'until', 'data', 'after', 'keepsModel'];
const MAX_UPDATES = settingNamed('iterations').kind as { readonly max: number };
/** A run has one of them. */
const LENGTHS: readonly SettingName[] = ['iterations', 'epochs'];

/**
 * A task from JSON that came from elsewhere: a queue, another process. Every field is checked, each
 * setting against the table of settings, and the name against what it names.
 *
 * @throws DataError for anything else, in one line that names the field
 */
export function taskFrom(json: unknown): Task {
  const task = objectOf(json, 'task');
  const stranger = Object.keys(task).find((key) => !KEYS.includes(key));
  if (stranger !== undefined) refuse(stranger, 'no such field', task[stranger]);
  const { after, keepsModel } = task;
  if (keepsModel !== undefined && keepsModel !== true) refuse('keepsModel', 'true', keepsModel);
  const read: Task = {
    id: digestOf(task, 'id'),
    trial: countOf(task, 'trial'),
    repetition: countOf(task, 'repetition'),
    rung: countOf(task, 'rung'),
    settings: settingsFrom(task.settings),
    until: countOf(task, 'until', MAX_UPDATES.max),
    data: digestOf(task, 'data'),
    ...(after === undefined ? {} : { after: digestOf(task, 'after') }),
    ...(keepsModel === true && { keepsModel }),
  };
  const id = taskId(read);
  if (id !== read.id) refuse('id', `${id}, the SHA-256 of its settings, data and until`, read.id);
  return read;
}

/** @throws DataError for a setting that is unknown, missing or out of range, or settings that exclude each other */
function settingsFrom(json: unknown): RunSettings {
  const given = objectOf(json, 'settings');
  const names = SETTINGS.map(({ name }) => name).filter((name) => name !== 'threads');
  const stranger = Object.keys(given).find((key) => !names.some((name) => name === key));
  if (stranger !== undefined) refuse(`settings.${stranger}`, 'no such setting', given[stranger]);
  const isComplete = (name: SettingName) => Object.hasOwn(given, name) || LENGTHS.includes(name);
  const missing = names.find((name) => !isComplete(name));
  if (missing !== undefined) refuse(`settings.${missing}`, 'a value', undefined);
  if (LENGTHS.filter((name) => Object.hasOwn(given, name)).length !== 1)
    refuse('settings', 'either iterations or epochs', given);
  if (given.minutes !== 'none') {
    refuse('settings.minutes', 'none: how far a run gets in a time depends on the machine', given.minutes);
  }
  try {
    const { threads: _, ...settings } = completeSettings(given);
    return settings;
  } catch (error) {
    if (error instanceof SettingError) throw new DataError(`task: settings: ${error.message}`);
    throw error;
  }
}

function objectOf(json: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Readonly<Record<string, unknown>>;
  return refuse(field, 'an object', json);
}

function digestOf(task: Readonly<Record<string, unknown>>, field: string): string {
  const value = task[field];
  if (typeof value === 'string' && DIGEST.test(value)) return value;
  return refuse(field, '64 hexadecimal digits', value);
}

function countOf(
  task: Readonly<Record<string, unknown>>,
  field: string,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const value = task[field];
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max)
    return value as number;
  return refuse(field, `an integer from 1 to ${max.toLocaleString('en-US')}`, value);
}

const LONGEST = 80;

function refuse(field: string, expected: string, value: unknown): never {
  const found = value === undefined ? 'nothing' : written(value);
  const short = found.length > LONGEST ? `${found.slice(0, LONGEST)}…` : found;
  throw new DataError(`task: ${field}: expected ${expected}, found ${short}`);
}
