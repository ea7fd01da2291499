import { DataError } from '../errors.js';

/**
 * Reads a `file:` address in Node, Bun or Deno.
 *
 * @throws DataError that says whether the file is missing or access to it is refused
 */
export async function readFileUrl(url: URL): Promise<Uint8Array> {
  try {
    // The name is composed here, so that no bundler for pages looks for the module.
    const name = ['node', 'fs/promises'].join(':');
    const { readFile } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
      readFile(file: URL): Promise<Uint8Array>;
    };
    const { buffer, byteOffset, byteLength } = await readFile(url);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw new DataError(`${url}: ${reasonOf(error as FileError)}`);
  }
}

type FileError = Error & { readonly code?: string };

function reasonOf({ name, code, message }: FileError): string {
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'is a folder: expected a file';
  // Deno's errors have names, Node's have codes.
  if (
    name === 'NotCapable' ||
    name === 'PermissionDenied' ||
    /^(EACCES|EPERM|ERR_ACCESS_DENIED)$/.test(code ?? '')
  )
    return `access is refused: ${message}`;
  return `cannot be read: ${message}`;
}
