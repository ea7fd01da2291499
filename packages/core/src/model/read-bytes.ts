import { DataError } from '../errors.js';
import { kindOf } from './labels.js';

/** Where bytes come from: bytes in memory, or an address to fetch. A text is an address. */
export type ByteSource = Uint8Array | ArrayBuffer | { readonly href: string } | string;

/**
 * The bytes of a source. An address of the web is fetched; a `file:` address is read where the
 * runtime has files.
 *
 * @throws DataError when nothing is there, or it cannot be read
 */
export async function readBytes(source: ByteSource): Promise<{ bytes: Uint8Array; name: string }> {
  if (source instanceof Uint8Array) return { bytes: source, name: 'the model' };
  if (isArrayBuffer(source)) return { bytes: new Uint8Array(source), name: 'the model' };
  const address = typeof source === 'string' ? source : source?.href;
  if (typeof address !== 'string') {
    throw new DataError(`expected bytes, an ArrayBuffer or an address, found ${kindOf(source)}`);
  }
  const url = addressOf(address);
  const name = shortName(url);
  if (url.protocol === 'file:') {
    const { readFileUrl } = await import('./read-file-url.js');
    return { bytes: await readFileUrl(url), name };
  }
  return { bytes: await fetchBytes(url), name };
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return ['[object ArrayBuffer]', '[object SharedArrayBuffer]'].includes(
    Object.prototype.toString.call(value),
  );
}

/** A relative address is one in a page or a worker; elsewhere there is nothing that it is relative to. */
function addressOf(source: string): URL {
  const base = (globalThis as { location?: { href: string } }).location?.href;
  try {
    return new URL(source, base);
  } catch {
    throw new DataError(
      `${source}: is no address: to read a file, give its bytes, or new URL('${source}', import.meta.url)`,
    );
  }
}

function shortName({ protocol, pathname, href }: URL): string {
  return protocol === 'data:' ? 'data:' : pathname.split('/').at(-1) || href;
}

async function fetchBytes(url: URL): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new DataError(`${url}: cannot be fetched: ${messageOf(error)}`);
  }
  if (!response.ok)
    throw new DataError(`${url}: the server answers ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
