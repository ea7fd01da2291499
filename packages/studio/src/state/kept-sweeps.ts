import { readSweepLog } from '@longhand/sweep/log';
import { effect } from '@preact/signals';
import { amount } from '../text.js';
import { forget, type KeptSweep, keep, keptOf } from './kept.js';
import { type OpenedSweep, shownSource, showSweep, sweeps } from './sweeps.js';

/** What is kept beside the sweeps, by its id: the name of the one that is shown. */
const SHOWN = 'shown sweep';

let starting: Promise<void> | undefined;

/** Brings back the sweeps that were kept, and which of them was shown. It does so once. */
export function bringSweepsBack(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  const [items, progress] = await Promise.all([keptOf<KeptSweep>('sweep'), keptOf('progress')]);
  const back: OpenedSweep[] = [];
  for (const { value } of items) {
    const { name, log } = value;
    // One that was opened meanwhile may have grown.
    if (sweeps.peek().some((other) => other.name === name)) continue;
    try {
      const sweep = readSweepLog(name, new TextDecoder().decode(log));
      back.unshift({ name, sweep, bytes: log.length });
    } catch {
      // Another version of the page knows it: it stays in the store.
    }
  }
  sweeps.value = [...sweeps.peek(), ...back];
  const shown = progress.find(({ id }) => id === SHOWN)?.value;
  if (back.some(({ name }) => name === shown)) shownSource.value ??= shown as string;
  effect(() => {
    const kept = sweeps.value.find(({ name, bytes }) => name === shownSource.value && bytes !== undefined);
    if (kept) keep('progress', SHOWN, kept.name);
    else if (shown !== undefined) void forget('progress', SHOWN);
  });
}

/**
 * Opens the log of a sweep, and keeps it. One of the same name is replaced: it may have grown.
 *
 * @returns what was done, a sentence
 * @throws DataError if it is no log of a sweep
 */
export function openSweepLog(name: string, text: string): string {
  const sweep = readSweepLog(name, text);
  const log = new TextEncoder().encode(text);
  showSweep({ name, sweep, bytes: log.length });
  const value: KeptSweep = { name, log };
  keep('sweep', name, value);
  return `${name}: a sweep with ${amount(sweep.header.trials, 'trial')}. The page Runs shows it.`;
}

/** Forgets a sweep that was kept. Its log stays wherever it came from. */
export function removeSweep({ name }: OpenedSweep): void {
  sweeps.value = sweeps.peek().filter((other) => other.name !== name);
  if (shownSource.peek() === name) shownSource.value = undefined;
  void forget('sweep', name);
}
