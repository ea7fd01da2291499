import { DIGITS, FIRST } from 'virtual:digits';
import { DataError, Dataset, gunzip, readIdx } from '@longhand/core';
import { computed, signal } from '@preact/signals';
import { keepOffline } from '../work/keep-offline.js';

/** What there is to train on and to test with. */
export interface Digits {
  /** Of the dataset, for titles. */
  readonly name: string;
  readonly training: Dataset;
  readonly test: Dataset;
  /** False for the first 2,000 of MNIST, true for all of it, or for data of one's own. */
  readonly complete: boolean;
}

export type Loading =
  | { readonly state: 'waiting' }
  | { readonly state: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly message: string };

export const MNIST = 'MNIST';

/** The first thousand of each set, in MNIST's order; everything begins with them. */
export const firstDigits = signal<Digits | undefined>(undefined);
/** All of MNIST, once somebody asked for it. */
const allDigits = signal<Digits | undefined>(undefined);
/** Data of one's own, dropped on the page. */
export const ownDigits = signal<Digits | undefined>(undefined);
/** How far loading all 70,000 has come. */
export const loading = signal<Loading>({ state: 'waiting' });

/** The data at hand: one's own, or as much of MNIST as has arrived. */
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

/** Loads all 70,000 digits, once: 11 MB, with its progress in `loading`. It never rejects; a second call tries again what failed. */
export function loadAll(): Promise<void> {
  all ??= readAll().catch((error: unknown) => {
    all = undefined;
    loading.value = { state: 'failed', message: messageOf(error) };
  });
  return all;
}

async function readFirst(): Promise<void> {
  const bytes = await gunzip(await fetchBytes(DIGITS.first.path), 'the first digits');
  const examples = 2 * FIRST;
  const [pixels, labels] = [bytes.subarray(0, 784 * examples), bytes.subarray(784 * examples)];
  const both = new Dataset({ pixels, labels, width: 28, height: 28 });
  firstDigits.value = {
    name: MNIST,
    training: both.slice(0, FIRST),
    test: both.slice(FIRST, examples),
    complete: false,
  };
}

async function readAll(): Promise<void> {
  const names = ['trainingImages', 'trainingLabels', 'testImages', 'testLabels'] as const;
  const total = names.reduce((sum, name) => sum + DIGITS[name].bytes, 0);
  let loaded = 0;
  loading.value = { state: 'loading', loaded, total };
  const [trainingImages, trainingLabels, testImages, testLabels] = await Promise.all(
    names.map(async (name) => {
      const packed = await fetchBytes(DIGITS[name].path, (bytes) => {
        loaded += bytes;
        loading.value = { state: 'loading', loaded, total };
      });
      return verified(await gunzip(packed, name), name);
    }),
  );
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
  void keepOffline(names.map((name) => DIGITS[name].path));
}

/** The bytes, in memory that workers can share where the page may: copying 55 MB to each would take time and room. */
async function verified(bytes: Uint8Array, name: keyof typeof DIGITS): Promise<Uint8Array> {
  const { sha256 } = DIGITS[name];
  // Only a page that came safely has crypto.subtle: a file from a plain http host is taken as it is.
  if (globalThis.crypto?.subtle) {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
    const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (found !== sha256)
      throw new DataError(`${name}: the file is not the one it should be: load the page again`);
  }
  if (!globalThis.crossOriginIsolated) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

async function fetchBytes(path: string, onBytes?: (count: number) => void): Promise<Uint8Array> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok || !response.body)
    throw new DataError(`${path}: the server answered ${response.status}: try again`);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    onBytes?.(part.value.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function messageOf(error: unknown): string {
  if (error instanceof TypeError) return 'the digits could not be loaded: is the connection there?';
  return error instanceof Error ? error.message : String(error);
}
