// Loads MNIST's files outside the page's thread: unpacking, verifying and copying 55 MB takes
// tenths of a second.

import type { PageFile } from 'virtual:digits';
import { type DigitsName, unpackDigits } from '@longhand/mnist/packed';
import type { Call } from './calls.js';
import { fetchBytes } from './fetch-bytes.js';
import { serve, withTransfer } from './serve.js';

/** A file of digits with its name, also in error messages. */
export interface NamedFile extends PageFile {
  readonly name: DigitsName;
}

export interface DigitsRequest {
  readonly files: readonly NamedFile[];
  /**
   * The page's address, which the files' paths are relative to: a worker has a different address.
   */
  readonly base: string;
}

/** Time between two progress reports while files arrive, in ms. */
const REPORT_MS = 50;

const methods = {
  /**
   * Returns the files in their order, unpacked and verified. Reports the packed bytes that have
   * arrived, of all files together.
   */
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

async function load({ name, path }: NamedFile, base: string, progress: Progress): Promise<Uint8Array> {
  const packed = await fetchBytes(path, base, (bytes) => progress.count(bytes));
  // Report the last bytes now: unpacking takes a while.
  progress.report();
  const bytes = await unpackDigits(packed, name, path);
  return crossOriginIsolated ? shared(bytes) : bytes;
}

/** Adds up the bytes of several files and reports the sum from time to time. */
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

/** A copy in memory that workers can share: one copy for each would take 55 MB and time. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
