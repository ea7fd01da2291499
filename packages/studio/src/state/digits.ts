import { DIGITS, FIRST } from 'virtual:digits';
import { Dataset } from '@longhand/core';
import { gunzip, readIdx } from '@longhand/core/files';
import { computed, signal } from '@preact/signals';
import { WorkerCalls } from '../workers/calls.js';
import type { DigitsMethods, NamedFile } from '../workers/digits.worker.js';
import { fetchBytes, NO_CONNECTION } from '../workers/fetch-bytes.js';
import { keepOffline } from '../workers/keep-offline.js';

/** The data that the page works with: a training set and a test set. */
export interface Digits {
  /** The dataset's name, for titles. */
  readonly name: string;
  readonly training: Dataset;
  readonly test: Dataset;
  /**
   * False for the first 2,000 digits of MNIST; true for all of MNIST and for the user's own data.
   */
  readonly complete: boolean;
  /** What was done with the files, in sentences. */
  readonly notes?: readonly string[];
}

export type Loading =
  | { readonly state: 'waiting' }
  | { readonly state: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly message: string };

export const MNIST = 'MNIST';
const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** The files of MNIST. */
const NAMES = ['trainingImages', 'trainingLabels', 'testImages', 'testLabels'] as const;

/** The first thousand digits of each set, in MNIST's order. The page starts with them. */
export const firstDigits = signal<Digits | undefined>(undefined);
/** All of MNIST, after it was asked for. */
export const allDigits = signal<Digits | undefined>(undefined);
/** The user's own data, dropped on the page. */
export const ownDigits = signal<Digits | undefined>(undefined);
/** How far loading all 70,000 has come. */
export const loading = signal<Loading>({ state: 'waiting' });

/** The data in use: the user's own, or as much of MNIST as has arrived. */
export const digits = computed(() => ownDigits.value ?? allDigits.value ?? firstDigits.value);

let first: Promise<void> | undefined;
let all: Promise<void> | undefined;

/** Loads the first 2,000 digits. */
export function loadFirst(): Promise<void> {
  first ??= readFirst().catch((error: unknown) => {
    first = undefined;
    loading.value = { state: 'failed', message: messageOf(error) };
  });
  return first;
}

/**
 * Loads all 70,000 digits once: 11 MB. The progress is in `loading`. It never rejects; after a
 * failure, the next call tries again.
 */
export function loadAll(): Promise<void> {
  all ??= readAll().catch((error: unknown) => {
    all = undefined;
    loading.value = { state: 'failed', message: messageOf(error) };
  });
  return all;
}

async function readFirst(): Promise<void> {
  const bytes = await gunzip(await fetchBytes(DIGITS.first.path, document.baseURI), 'the first digits');
  const labels = bytes.subarray(2 * FIRST * PIXELS);
  const part = (from: number) =>
    new Dataset({
      pixels: bytes.subarray(from * PIXELS, (from + FIRST) * PIXELS),
      labels: labels.subarray(from, from + FIRST),
      width: SIDE,
      height: SIDE,
    });
  firstDigits.value = { name: MNIST, training: part(0), test: part(FIRST), complete: false };
}

async function readAll(): Promise<void> {
  const files = NAMES.map((name) => ({ name, ...DIGITS[name] }));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  loading.value = { state: 'loading', loaded: 0, total };
  const [trainingImages, trainingLabels, testImages, testLabels] = await readInWorker(files, (loaded) => {
    loading.value = { state: 'loading', loaded, total };
  });
  const training = readIdx({
    images: trainingImages!,
    imagesName: 'training images',
    labels: trainingLabels!,
    labelsName: 'training labels',
  });
  const test = readIdx({
    images: testImages!,
    imagesName: 'test images',
    labels: testLabels!,
    labelsName: 'test labels',
  });
  allDigits.value = { name: MNIST, training, test, complete: true };
  loading.value = { state: 'ready' };
  void keepOffline(files.map(({ path }) => path));
}

/** Reads the files in a worker of its own: when it ends, its memory is freed. */
async function readInWorker(
  files: readonly NamedFile[],
  onReport: (loaded: number) => void,
): Promise<readonly Uint8Array[]> {
  const calls = new WorkerCalls<DigitsMethods>(
    () => new Worker(new URL('../workers/digits.worker.ts', import.meta.url), { type: 'module' }),
    NO_CONNECTION,
  );
  try {
    return await calls.call('load', { files, base: document.baseURI }, { onReport });
  } finally {
    calls.end();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
