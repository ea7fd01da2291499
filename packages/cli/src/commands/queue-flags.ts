import { parseDuration } from '../duration.js';
import { UsageError } from '../usage-error.js';
import { type Flag, text } from './flag.js';

/** A flag with a time. Its value is in milliseconds. */
export function duration(description: string, group?: string): Flag<number> {
  return {
    argument: '<time>',
    description,
    facts: ['30s, 5m, 1h'],
    parse: parseDuration,
    ...(group && { group }),
  };
}

/** The flags of every command that uses a queue. */
export function queueFlags(group?: string) {
  return {
    queue: text(
      '<url>',
      'The queue: redis://user:password@host:6379/0, or rediss:// for TLS. Redis 6.2 or newer, or Valkey. Without the ' +
        'flag, the variable LONGHAND_QUEUE, which no list of processes shows.',
      group,
    ),
    queueCa: text('<file>', 'The certificate of an authority to trust for rediss://, as PEM.', group),
    prefix: {
      ...text(
        '<name>',
        'What all keys in Redis start with. Sweeps and workers meet if theirs are equal.',
        group,
      ),
      facts: ['default longhand'],
      parse: nameOf,
    },
    wait: duration(
      'How long to wait for a queue that does not answer at the start. Without the flag, the command ends. A queue ' +
        'that goes away later is always waited for.',
      group,
    ),
  };
}

const MAX_NAME = 60;

/** @throws UsageError for a text that is no name of a worker, or no beginning of a key */
export function nameOf(typed: string, flag: string): string {
  if (/^[\w.:@-]+$/.test(typed) && typed.length <= MAX_NAME) return typed;
  throw new UsageError(
    `${flag}: expected at most ${MAX_NAME} letters, digits and . : @ _ -, found ${JSON.stringify(typed)}`,
  );
}

/** A flag with a share, from 0 to 1. */
export function share(description: string, group?: string): Flag<number> {
  const facts = ['5% or 0.05'];
  return { argument: '<share>', description, facts, parse: shareOf, ...(group && { group }) };
}

/** @throws UsageError for a text that is no share between 0 and 1 */
function shareOf(typed: string, flag: string): number {
  const [, number, percent] = /^([0-9]*\.?[0-9]+)(%?)$/.exec(typed.trim()) ?? [];
  const share = Number(number) / (percent ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw new UsageError(`${flag}: expected a share such as 5% or 0.05, found ${JSON.stringify(typed)}`);
}
