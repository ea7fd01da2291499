import type { Settings } from '@longhand/core';
import { UsageError } from '../usage-error.js';
import { queueOf } from './open-queue.js';
import type { QueueCrewFlags } from './open-queue-crew.js';

/** The flags that decide whether workers at a queue make the runs. */
interface QueuedRunFlags extends QueueCrewFlags {
  readonly repeat?: number;
  readonly from?: string;
}

/**
 * Whether the runs of `train --repeat` are made by workers at a queue.
 *
 * @throws UsageError for flags that mean nothing without `--repeat` or a queue
 */
export function areQueued(flags: QueuedRunFlags): boolean {
  const { queue, repeat, verify } = flags;
  if (queue !== undefined && repeat === undefined)
    throw new UsageError('--queue: needs --repeat, whose runs the workers at the queue share');
  const areShared = repeat !== undefined && queueOf(flags) !== undefined;
  if (verify !== undefined && !areShared)
    throw new UsageError('--verify: needs --repeat and --queue, and two workers there');
  return areShared;
}

/**
 * @param given the settings that were passed
 * @throws UsageError for a run that no worker at a queue can make
 */
export function checkQueuedRun(
  { from: start }: QueuedRunFlags,
  { threads }: Partial<Settings>,
  { engine, minutes, dev }: Settings,
): void {
  const refuse = (flag: string, why: string) =>
    new UsageError(`${flag} and --queue exclude each other: ${why}`);
  if (start !== undefined)
    throw refuse(`--from ${start}`, 'a job of the queue holds settings, never parameters');
  if (threads !== undefined) throw refuse('--threads', 'pass it to longhand worker');
  if (engine === 'maths') throw refuse('--engine maths', 'models in the queue have 32-bit floats');
  if (minutes !== 'none') throw refuse('--minutes', 'how far a run gets in a time depends on the machine');
  if (dev === 0) throw new UsageError('--queue: needs held-out examples: --dev greater than 0');
}
