import type { Remote } from './download.js';
import { RequestError, type RequestOptions, request } from './request.js';

/** Bytes of the end of a zip file that surely hold the record of its directory. */
const END_BYTES = 65_557;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** A file in a zip file on a server. Numbers are bytes. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly at: number;
}

/** Where a file is in a zip file on a server. */
export interface ZipMember extends Remote {
  readonly range: { readonly start: number; readonly end: number };
}

/** A zip file on a server: its directory is read once. */
export function remoteZip(url: string): (name: string, options: RequestOptions) => Promise<ZipMember> {
  let entries: Promise<readonly Entry[]> | undefined;
  return async (name, options) => {
    entries ??= directoryOf(url, options);
    const all = await entries.catch((error: unknown) => {
      entries = undefined;
      throw error;
    });
    const entry = all.find((one) => one.name === name);
    if (!entry) throw new RequestError(`has no ${name} in the archive`);
    if (entry.method !== STORED && entry.method !== DEFLATED) {
      throw new RequestError(`${name} is compressed in a way that is not known (${entry.method})`);
    }
    const { bytes: local } = await bytesOf(url, `${entry.at}-${entry.at + LOCAL_BYTES - 1}`, options);
    const view = new DataView(local.buffer, local.byteOffset, local.length);
    if (local.length < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL_SIGNATURE) throw damaged();
    const start = entry.at + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    return { url, range: { start, end: start + entry.packed }, isDeflated: entry.method === DEFLATED };
  };
}

async function directoryOf(url: string, options: RequestOptions): Promise<Entry[]> {
  const { bytes: tail, total } = await bytesOf(url, `-${END_BYTES}`, options);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < 0) throw damaged();
  const [size, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  // In a file of more than 4 GB these numbers stand elsewhere.
  if (at === 0xffffffff || at + size > total) throw damaged();
  const inTail = at - (total - tail.length);
  const directory =
    inTail >= 0
      ? tail.subarray(inTail, inTail + size)
      : (await bytesOf(url, `${at}-${at + size - 1}`, options)).bytes;
  return entriesOf(directory);
}

function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= bytes.length; ) {
    if (view.getUint32(at, true) !== ENTRY_SIGNATURE) break;
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength!)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength! + extra! + comment!;
  }
  return entries;
}

/** Some bytes of a file: `0-29`, or the last ones: `-65557`. */
async function bytesOf(
  url: string,
  range: string,
  options: RequestOptions,
): Promise<{ bytes: Uint8Array; total: number }> {
  const answer = await request(url, { ...options, headers: { range: `bytes=${range}` } });
  try {
    if (answer.status === 200) {
      throw new RequestError('gives whole files only, and this one is a large archive');
    }
    if (answer.status !== 206) throw new RequestError(String(answer.status), answer.status >= 500);
    const total = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.chunks()) chunks.push(chunk);
    return { bytes: new Uint8Array(Buffer.concat(chunks)), total };
  } finally {
    answer.drop();
  }
}

function damaged(): RequestError {
  return new RequestError('gives a zip file whose directory cannot be read');
}
