import { readFile } from 'node:fs/promises';
import { DataError } from '@longhand/core/errors';
import type { QueueConnection } from '@longhand/sweep/queue';
import { log } from '../streams.js';
import { UsageError } from '../usage-error.js';

/** The flags that say where the queue is. */
export interface QueueFlags {
  readonly queue?: string | undefined;
  readonly queueCa?: string | undefined;
  /** How long to wait for a queue that does not answer, in ms. */
  readonly wait?: number | undefined;
}

/** The variable that holds the address, so that no list of processes shows its password. */
const VARIABLE = 'LONGHAND_QUEUE';

/** The address of the queue, from the flag or the variable; undefined if there is none. */
export function queueOf({ queue }: QueueFlags): string | undefined {
  return queue ?? (process.env[VARIABLE] || undefined);
}

/**
 * Connects to the queue, and checks how it is configured.
 *
 * @param onNotice is told one line about what does not end the command
 * @throws UsageError without an address, QueueError if the queue cannot be used, DataError for a
 *   certificate that cannot be read
 */
export async function openQueue(
  flags: QueueFlags,
  onNotice: (message: string) => void,
  signal: AbortSignal,
): Promise<QueueConnection> {
  const { queueCa, wait } = flags;
  const address = queueOf(flags);
  if (address === undefined || address === '') {
    throw new UsageError(
      `--queue: expected the address of a queue, redis://host:6379, here or in ${VARIABLE}`,
    );
  }
  // Whoever uses no queue does not load what talks to it.
  const { checkServer, connect } = await import('@longhand/sweep/queue');
  const connection = await connect(address, {
    ...{ onNotice, signal, ca: queueCa === undefined ? undefined : await readCa(queueCa) },
    ...(wait !== undefined && { waitMs: wait }),
  });
  try {
    for (const warning of await checkServer(connection)) onNotice(warning);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}

async function readCa(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new DataError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new DataError(`${file}: expected a certificate in PEM (-----BEGIN CERTIFICATE-----)`);
  }
  return text;
}

/** Prints one line of a command that works at a queue. */
export function logNotice(message: string): void {
  log(`longhand: ${message}`);
}
