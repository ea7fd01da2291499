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
