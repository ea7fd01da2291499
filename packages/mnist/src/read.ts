import { DataError } from '@longhand/core/errors';
import { builtin } from './builtin.js';
import { DIGITS_FILES, type DigitsName } from './files.js';

/** Where the packed files are. A bundler that knows this pattern copies them beside its output. */
const BESIDE: Readonly<Record<DigitsName, () => URL>> = {
  trainingImages: () => new URL('./digits/train-images.bin', import.meta.url),
  trainingLabels: () => new URL('./digits/train-labels.bin', import.meta.url),
  testImages: () => new URL('./digits/t10k-images.bin', import.meta.url),
  testLabels: () => new URL('./digits/t10k-labels.bin', import.meta.url),
};

/**
 * The dev server of Vite 7 and older copies the packages that a page imports to a folder of its own,
 * and leaves their files behind: they are in the package itself.
 */
const MOVED = /^(.*\/node_modules\/)\.vite\/deps[^/]*\/digits\//;

const ELSEWHERE =
  "Copy the folder dist/digits of @longhand/mnist beside your program, and pass its address as the option 'from'";

/**
 * The bytes of a packed file: with `fetch` from an http address, otherwise from the file system.
 *
 * @param from the folder that has the file. Default: the package's own.
 * @throws DataError if the file is missing or may not be read
 */
export async function readPacked(name: DigitsName, from?: string): Promise<Uint8Array> {
  const address = addressOf(name, from);
  const fs = /^(https?|blob|data):/.test(address)
    ? undefined
    : await builtin<typeof import('node:fs/promises')>('fs/promises');
  if (!fs) return fetchPacked(address, name);
  try {
    const { buffer, byteOffset, byteLength } = await fs.readFile(
      address.startsWith('file:') ? new URL(address) : address,
    );
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw unreadable(error, address);
  }
}

function addressOf(name: DigitsName, from?: string): string {
  if (from !== undefined) return `${from.replace(/\/$/, '')}/${DIGITS_FILES[name].packed}`;
  try {
    return BESIDE[name]().href.replace(MOVED, '$1@longhand/mnist/dist/digits/');
  } catch (cause) {
    // A bundle in another format than ES modules has no address.
    throw new DataError(
      `${DIGITS_FILES[name].packed}: this bundle does not know its own address. ${ELSEWHERE}`,
      {
        cause,
      },
    );
  }
}

async function fetchPacked(address: string, name: DigitsName): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new DataError(`${address}: could not be loaded. Check the connection`, { cause });
  }
  if (!response.ok) {
    throw new DataError(`${address}: the server answered ${response.status}. ${ELSEWHERE}`);
  }
  // A server that answers every address with its page has no such file either.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new DataError(`${address}: expected ${DIGITS_FILES[name].packed}, found a web page. ${ELSEWHERE}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** What the runtimes call a refusal: the system, Node's permissions, Deno 2, Deno 1. */
const REFUSALS = ['EACCES', 'EPERM', 'ERR_ACCESS_DENIED', 'NotCapable', 'PermissionDenied'];

function unreadable(error: unknown, address: string): DataError {
  const { code, name } = error as NodeJS.ErrnoException;
  const reason = code ?? name ?? String(error);
  if (REFUSALS.includes(reason)) {
    return new DataError(
      `${address}: this program has no permission to read it (${reason}). Allow it to read that folder`,
      { cause: error },
    );
  }
  if (reason === 'ENOENT') return new DataError(`${address}: no such file. ${ELSEWHERE}`, { cause: error });
  return new DataError(`${address}: cannot be read (${reason})`, { cause: error });
}
