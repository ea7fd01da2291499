// Loads the files of MNIST apart from the page's thread: to unpack, verify and copy 55 MB takes tenths of a second.
import { DataError } from '@longhand/core';
import { gunzip } from '@longhand/core/files';
import type { FromDigitsWorker, NamedFile, ToDigitsWorker } from './digits-messages.js';
import { fetchBytes } from './fetch-bytes.js';

/** Between two messages of the progress while a file arrives, in ms. */
const REPORT_MS = 50;

addEventListener('message', ({ data: { files, base } }: MessageEvent<ToDigitsWorker>) => {
  Promise.all(files.map((file) => load(file, base))).then(hand, (error: unknown) => {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});

function post(message: FromDigitsWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function hand(files: readonly Uint8Array[]): void {
  const buffers = files.map(({ buffer }) => buffer);
  post(
    { type: 'loaded', files },
    buffers.filter((buffer) => buffer instanceof ArrayBuffer),
  );
}

async function load({ name, path, sha256 }: NamedFile, base: string): Promise<Uint8Array> {
  const packed = await fetchBytes(path, base, count);
  // The last file's end is the whole, and unpacking takes a while.
  report();
  const bytes = await gunzip(packed, name);
  await verify(bytes, sha256, name);
  return crossOriginIsolated ? shared(bytes) : bytes;
}

let [loaded, reported] = [0, 0];
function count(bytes: number): void {
  loaded += bytes;
  if (performance.now() - reported >= REPORT_MS) report();
}

function report(): void {
  reported = performance.now();
  post({ type: 'progress', loaded });
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
