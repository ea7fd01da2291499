import { DataError } from '@longhand/core/errors';
import { Inflate } from 'fflate';
import { crc32 } from './crc32.js';
import type { InputFile } from './input-file.js';
import { bytesOf } from './read-bytes.js';

/** A zip is read into memory. */
const MAX_ZIP = 4e9;
const MAX_ENTRIES = 1_000_000;
/** Entries may unpack to so many times the size of the zip in all, or to so many bytes in any case. */
const MAX_RATIO = 30;
const ALWAYS = 256e6;
/** Packed bytes that are unpacked at a time: at most 1,032 times as many come out. */
const STEP = 1 << 12;

/** A name with a line break would make a message of two lines. */
const CONTROL = /\p{Cc}/gu;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly at: number;
}

/**
 * The files in a zip, in its order, without folders. Each is unpacked when it is read, and held against its CRC-32.
 *
 * @throws DataError when it is damaged or encrypted, or would unpack to far more than data do
 */
export async function filesOfZip(file: InputFile): Promise<readonly InputFile[]> {
  const bytes = await bytesOf(file, MAX_ZIP);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(view, bytes, file.path);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > Math.max(ALWAYS, MAX_RATIO * bytes.length)) {
    throw new DataError(
      `${file.path}: unpacks to ${Math.round(total / 1e6)} MB, more than ${MAX_RATIO} times its size: if that is right, unpack it yourself`,
    );
  }
  return entries.map((entry): InputFile => {
    const path = `${file.path}/${entry.path}`;
    let isChecked = false;
    return {
      path,
      size: entry.size,
      packed: entry.packed,
      async *open() {
        yield* unpacked(bytes, view, entry, { path, isChecked });
        isChecked = true;
      },
    };
  });
}

function entriesOf(view: DataView, bytes: Uint8Array, name: string): Entry[] {
  const damaged = () => new DataError(`${name}: the zip is cut short or damaged: fetch the file again`);
  const end = endOf(view);
  if (end === undefined) throw damaged();
  let { count, at } = end;
  const entries: Entry[] = [];
  const decoder = new TextDecoder();
  if (count > MAX_ENTRIES) throw new DataError(`${name}: ${count} files in the zip: expected fewer`);
  for (; count > 0; count--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw damaged();
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) throw damaged();
    // Windows programs have written `\`.
    const path = decoder
      .decode(bytes.subarray(at + 46, at + 46 + nameLength))
      .replaceAll('\\', '/')
      .replace(CONTROL, '?');
    const sizes = sizesOf(view, at, at + 46 + nameLength, extraLength);
    if (flags & 1) throw new DataError(`${name}: ${path} is encrypted: unpack it yourself`);
    const entry = {
      ...{ path, ...sizes },
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
    };
    if (sizes.at + 30 + sizes.packed > bytes.length) throw damaged();
    if (!path.endsWith('/')) entries.push(entry);
    at = next;
  }
  return entries;
}

/** Where the list of entries begins, and how many there are. */
function endOf(view: DataView): { count: number; at: number } | undefined {
  const last = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= last; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const [count, start] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    if (at < 20 || view.getUint32(at - 20, true) !== LOCATOR_64) return { count, at: start };
    const wide = Number(view.getBigUint64(at - 12, true));
    if (wide + 56 > view.byteLength || view.getUint32(wide, true) !== END_64) return undefined;
    return {
      count: Number(view.getBigUint64(wide + 32, true)),
      at: Number(view.getBigUint64(wide + 48, true)),
    };
  }
  return undefined;
}

/** The sizes of an entry and where it begins: of large ones, they are in an extra field. */
function sizesOf(view: DataView, at: number, extra: number, length: number) {
  let size = view.getUint32(at + 24, true);
  let packed = view.getUint32(at + 20, true);
  let start = view.getUint32(at + 42, true);
  for (let field = extra; field + 4 <= extra + length; ) {
    const [id, bytes] = [view.getUint16(field, true), view.getUint16(field + 2, true)];
    const end = Math.min(field + 4 + bytes, extra + length);
    if (id === 1) {
      let next = field + 4;
      const wide = (value: number) => {
        if (value !== 0xffffffff || next + 8 > end) return value;
        next += 8;
        return Number(view.getBigUint64(next - 8, true));
      };
      [size, packed, start] = [wide(size), wide(packed), wide(start)];
    }
    field = end;
  }
  return { size, packed, at: start };
}

/** The bytes of an entry. Once its sum was right, it is not formed again. */
function* unpacked(
  bytes: Uint8Array,
  view: DataView,
  entry: Entry,
  { path, isChecked }: { readonly path: string; readonly isChecked: boolean },
): Generator<Uint8Array> {
  const damaged = () => new DataError(`${path}: is damaged in the zip: fetch the file again`);
  if (view.getUint32(entry.at, true) !== LOCAL) throw damaged();
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const end = start + entry.packed;
  if (end > bytes.length) throw damaged();
  let crc = 0;
  let length = 0;
  for (const part of partsOf(bytes.subarray(start, end), entry, path)) {
    length += part.length;
    if (length > entry.size) throw damaged();
    if (!isChecked) crc = crc32(part, crc);
    yield part;
  }
  if (length !== entry.size || (!isChecked && crc !== entry.crc)) throw damaged();
}

function* partsOf(packed: Uint8Array, { method }: Entry, path: string): Generator<Uint8Array> {
  if (method === 0) {
    yield packed;
    return;
  }
  if (method !== 8)
    throw new DataError(
      `${path}: is packed in a way that is not read (method ${method}): unpack it yourself`,
    );
  const parts: Uint8Array[] = [];
  const inflate = new Inflate((part) => parts.push(part));
  for (let at = 0; at < packed.length; at += STEP) {
    try {
      inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    } catch {
      throw new DataError(`${path}: is damaged in the zip: fetch the file again`);
    }
    yield* parts.splice(0);
  }
}
