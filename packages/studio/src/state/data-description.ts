import type { DataDescription } from '@longhand/formats/about';
import { signal } from '@preact/signals';
import type { AboutMethods } from '../workers/about.worker.js';
import { WorkerCalls } from '../workers/calls.js';
import { NO_CONNECTION } from '../workers/fetch-bytes.js';
import { packDigits } from '../workers/packed-dataset.js';
import type { Digits } from './digits.js';

/** What is known about the data of the page. */
export type DescriptionState =
  | { readonly state: 'working'; readonly of: Digits; readonly share: number }
  | { readonly state: 'ready'; readonly of: Digits; readonly description: DataDescription }
  | { readonly state: 'failed'; readonly of: Digits; readonly message: string };

export const dataDescription = signal<DescriptionState | undefined>(undefined);

let calls: WorkerCalls<AboutMethods> | undefined;

/** Describes data, unless that was done or is being done. Other data that are being described are given up. */
export async function describeDigits(of: Digits): Promise<void> {
  const known = dataDescription.peek();
  if (known?.of === of && known.state !== 'failed') return;
  calls?.end();
  const worker = new WorkerCalls<AboutMethods>(
    () => new Worker(new URL('../workers/about.worker.ts', import.meta.url), { type: 'module' }),
    NO_CONNECTION,
  );
  calls = worker;
  dataDescription.value = { state: 'working', of, share: 0 };
  const isCurrent = () => dataDescription.peek()?.of === of;
  try {
    const argument = { digits: packDigits(of), notes: of.notes ?? [], balanced: '“class weights: balanced”' };
    const description = await worker.call('describe', argument, {
      onReport: (share) => {
        if (isCurrent()) dataDescription.value = { state: 'working', of, share };
      },
    });
    if (isCurrent()) dataDescription.value = { state: 'ready', of, description };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (isCurrent()) dataDescription.value = { state: 'failed', of, message };
  } finally {
    worker.end();
  }
}
