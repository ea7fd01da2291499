import type { QueueConnection } from './connection.js';
import { keysOf, QUEUE_VERSION } from './keys.js';

/** How long a sweep that nobody goes on with is shown to workers. */
const KEEP_MS = 7 * 24 * 3600 * 1000;

/** What a sweep tells the workers of itself. */
export interface SweepRecord {
  readonly version: string;
  /** The name of its data, for messages. */
  readonly data: string;
  readonly fingerprint: string;
  /** When it was last seen, in ms since 1970. */
  readonly at: number;
}

/** Says that a sweep waits for workers. */
export async function announceSweep(
  { redis }: QueueConnection,
  prefix: string,
  sweep: string,
  { name, fingerprint }: { readonly name: string; readonly fingerprint: string },
): Promise<void> {
  const record: SweepRecord = { version: QUEUE_VERSION, data: name, fingerprint, at: Date.now() };
  await redis.hset(keysOf(prefix).sweeps, sweep, JSON.stringify(record));
}

/** Says that a sweep has ended. */
export async function endSweep({ redis }: QueueConnection, prefix: string, sweep: string): Promise<void> {
  await redis.hdel(keysOf(prefix).sweeps, sweep);
}

/** The sweeps at a queue, by their ids. What is no record of ours is left out. */
export async function sweepsAt(
  { redis }: QueueConnection,
  prefix: string,
): Promise<ReadonlyMap<string, SweepRecord>> {
  const found = new Map<string, SweepRecord>();
  for (const [sweep, json] of Object.entries(await redis.hgetall(keysOf(prefix).sweeps))) {
    const record = recordFrom(json);
    if (record && Date.now() - record.at < KEEP_MS) found.set(sweep, record);
  }
  return found;
}

function recordFrom(json: string): SweepRecord | undefined {
  try {
    const record = JSON.parse(json) as Partial<SweepRecord>;
    const { version, data, fingerprint, at } = record;
    const isWhole = [version, data, fingerprint].every((text) => typeof text === 'string');
    return isWhole && typeof at === 'number' ? (record as SweepRecord) : undefined;
  } catch {
    return undefined;
  }
}
