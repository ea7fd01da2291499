// Loads the files of MNIST apart from the page's thread: to unpack, verify and copy 55 MB takes tenths of a second.

import type { DigitsFile } from 'virtual:digits';
import { DataError } from '@longhand/core';
import { gunzip } from '@longhand/core/files';
import type { Call } from './calls.js';
import { fetchBytes } from './fetch-bytes.js';
import { serve, withTransfer } from './serve.js';

/** A file of digits, by the name that errors use. */
export interface NamedFile extends DigitsFile {
  readonly name: string;
}

export interface DigitsRequest {
  readonly files: readonly NamedFile[];
  /** The page's address, from which the paths of the files start: a worker has another. */
  readonly base: string;
}

/** Between two messages of the progress while a file arrives, in ms. */
const REPORT_MS = 50;

const methods = {
  /** The files in their order, unpacked and verified; reports the packed bytes of all of them together. */
  async load({ files, base }: DigitsRequest, { report }: Call<number>): Promise<readonly Uint8Array[]> {
    const progress = new Progress(report);
    const loaded = await Promise.all(files.map((file) => load(file, base, progress)));
    return withTransfer(
      loaded,
      loaded.map(({ buffer }) => buffer),
    );
  },
};

export type DigitsMethods = typeof methods;

serve(methods);

async function load(
  { name, path, sha256 }: NamedFile,
  base: string,
  progress: Progress,
): Promise<Uint8Array> {
  const packed = await fetchBytes(path, base, (bytes) => progress.count(bytes));
  // The last file's end is the whole, and unpacking takes a while.
  progress.report();
  const bytes = await gunzip(packed, name);
  await verify(bytes, sha256, name);
  return crossOriginIsolated ? shared(bytes) : bytes;
}

/** Adds up the bytes of several files, and reports them now and then. */
class Progress {
  #loaded = 0;
  #reported = 0;
  readonly #report: (loaded: number) => void;

  constructor(report: (loaded: number) => void) {
    this.#report = report;
  }

  count(bytes: number): void {
    this.#loaded += bytes;
    if (performance.now() - this.#reported >= REPORT_MS) this.report();
  }

  report(): void {
    this.#reported = performance.now();
    this.#report(this.#loaded);
  }
}

async function verify(bytes: Uint8Array, sha256: string, name: string): Promise<void> {
  // Only a page that came safely has crypto.subtle: a file from a plain http host is taken as it is.
  if (!globalThis.crypto?.subtle) return;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== sha256)
    throw new DataError(`${name}: the file is not the one it should be: load the page again`);
}

/** In memory that workers can share: copying 55 MB to each would take time and room. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
