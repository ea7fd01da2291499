import type { QueueConnection } from './connection.js';
import { QueueError } from './queue-error.js';

const OLDEST = [6, 2];

/**
 * Checks how Redis or Valkey is configured.
 *
 * @returns warnings, a line each
 * @throws QueueError if it may forget jobs while it runs, or is too old
 */
export async function checkServer({ redis, shown }: QueueConnection): Promise<string[]> {
  const info = parseInfo(await ask(() => redis.info()));
  const queue = `the queue at ${shown}`;
  if (info === undefined) {
    return [`${queue}: its settings cannot be read by this user: they were not checked (docs/sweeps.md)`];
  }
  const version = info.get('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (version !== '' && (major < OLDEST[0]! || (major === OLDEST[0] && minor < OLDEST[1]!))) {
    throw new QueueError(`${queue} is Redis ${version}: expected ${OLDEST.join('.')} or newer`);
  }
  const policy = info.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new QueueError(
      `${queue} may delete jobs when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy noeviction`,
    );
  }
  if (info.get('aof_enabled') !== '0') return [];
  const saves = await ask(() => redis.config('GET', 'save') as Promise<string[]>);
  // A user who may not read this, as at some providers, has a provider who takes care of it.
  if (saves === undefined || saves[1] !== '') return [];
  return [`${queue} keeps nothing on disk: if it restarts, its tasks are computed again. Set appendonly yes`];
}

/** @returns undefined if this user may not run the command */
async function ask<T>(command: () => Promise<T>): Promise<T | undefined> {
  try {
    return await command();
  } catch (error) {
    if (/NOPERM|unknown command/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

function parseInfo(text: string | undefined): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return undefined;
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}
