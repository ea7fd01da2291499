import { UsageError } from './usage-error.js';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * `30s`, `5m`, `1h` as milliseconds.
 *
 * @throws UsageError for anything else
 */
export function parseDuration(text: string, flag: string): number {
  const [, number, unit] = /^([0-9]+(?:\.[0-9]+)?)([smh])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(number) * UNITS[unit as keyof typeof UNITS];
  if (!(milliseconds > 0)) {
    throw new UsageError(`${flag}: expected a time such as 30s, 5m or 1h, found ${JSON.stringify(text)}`);
  }
  return milliseconds;
}
