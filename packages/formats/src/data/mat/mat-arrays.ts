import { DataError } from '@longhand/core';
import type { InputFile } from '../../source/input-file.js';
import { unzlibbed } from '../../source/unzlibbed.js';
import { type ElementType, sizeOf } from '../arrays/array-source.js';
import { ByteReader } from './byte-reader.js';

// https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf

/** An array in a MATLAB file. */
export interface MatArray {
  /** With the names of the structs around it: `dataset.train.images`. */
  readonly title: string;
  /** Rows, columns …: the first index runs fastest. */
  readonly sizes: readonly number[];
  readonly type: ElementType;
  readonly elementSize: number;
  readonly isLittleEndian: boolean;
  /** The bytes of the elements. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** What a MATLAB file holds. */
export interface MatContents {
  readonly arrays: readonly MatArray[];
  /** What is no array of numbers, in words: `labels (a cell array)`. */
  readonly others: readonly string[];
}

const HEADER = 128;
const [MATRIX, COMPRESSED] = [14, 15];
/** How numbers lie in a file. */
const TYPES: Readonly<Record<number, ElementType>> = {
  ...{ 1: 'i1', 2: 'u1', 3: 'i2', 4: 'u2', 5: 'i4', 6: 'u4', 7: 'f4', 9: 'f8', 12: 'i8', 13: 'u8' },
};
const STRUCT = 2;
/** Classes of values that are no numbers. */
const OTHERS: Readonly<Record<number, string>> = {
  ...{ 1: 'a cell array', 3: 'an object', 4: 'text', 5: 'a sparse matrix' },
  ...{ 16: 'a function', 17: 'an object', 18: 'an object' },
};
const [DOUBLE, UINT64] = [6, 15];
const COMPLEX = 0x08;

const MAX_DIMENSIONS = 8;
const MAX_DEPTH = 16;
const MAX_VALUES = 4096;
const MAX_FIELDS = 1024;
/** The longest name, in bytes. */
const MAX_NAME = 1024;
/** All that is packed may unpack to so many times the size of the file, or to so many bytes in any case. */
const MAX_RATIO = 30;
const ALWAYS = 256e6;
/** Arrays up to this size are kept when they are found: otherwise, all that is before them is unpacked again. */
const KEPT_EACH = 4e6;
const KEPT_IN_ALL = 16e6;

/** Where an element of the file lies. */
interface Place {
  readonly start: number;
  readonly length: number;
  readonly isPacked: boolean;
}

/** A data element: its type and length, and its bytes if they stand beside them. */
interface Tag {
  readonly type: number;
  readonly length: number;
  readonly inside?: Uint8Array;
}

/**
 * Finds the arrays of a MATLAB file of version 5 (`save -v6` and `-v7`, scipy.io.savemat).
 *
 * @throws DataError when it is damaged, or would unpack to far more than data do
 */
export async function matArrays(file: InputFile): Promise<MatContents> {
  const scan = new Scan(file);
  await scan.run();
  return scan;
}

class Scan implements MatContents {
  readonly arrays: MatArray[] = [];
  readonly others: string[] = [];
  readonly #file: InputFile;
  #isLittleEndian = true;
  #values = 0;
  #kept = 0;
  #unpacked = 0;

  constructor(file: InputFile) {
    this.#file = file;
  }

  async run(): Promise<void> {
    const reader = new ByteReader(this.#file.open());
    try {
      const header = await reader.take(HEADER);
      if (header.length < HEADER) throw this.#damaged();
      this.#isLittleEndian = header[126] === 0x49;
      for (let tag = await this.#tag(reader, true); tag; tag = await this.#tag(reader, true)) {
        if (++this.#values > MAX_VALUES) throw this.#wrong(`holds more than ${MAX_VALUES} values`);
        const place = { start: reader.position, length: tag.length, isPacked: tag.type === COMPRESSED };
        if (place.isPacked) await this.#unpack(reader, place);
        else if (tag.type === MATRIX && !tag.inside) {
          await this.#matrix(reader, { place, base: place.start, end: place.start + tag.length, depth: 0 });
        } else if (!tag.inside) await this.#skip(reader, padded(tag.length));
      }
    } finally {
      await reader.close();
    }
  }

  async #unpack(outer: ByteReader, place: Place): Promise<void> {
    const reader = new ByteReader(unzlibbed(outer.pass(place.length), this.#file.path));
    try {
      const tag = await this.#tag(reader);
      if (tag.type !== MATRIX || tag.inside) throw this.#damaged();
      this.#unpacked += tag.length;
      const limit = Math.max(ALWAYS, MAX_RATIO * (this.#file.size ?? outer.position));
      if (this.#unpacked > limit) {
        throw new DataError(
          `${this.#file.path}: unpacks to ${Math.round(this.#unpacked / 1e6)} MB, more than ${MAX_RATIO} times its size: if that is right, save it with -v6`,
        );
      }
      await this.#matrix(reader, { place, base: 0, end: reader.position + tag.length, depth: 0 });
      // To its end, where its checksum is.
      if ((await reader.take(1)).length > 0) throw this.#damaged();
    } finally {
      await reader.close();
    }
    await this.#skip(outer, place.start + place.length - outer.position);
  }

  /** A matrix, whose tag was read. */
  async #matrix(
    reader: ByteReader,
    at: { place: Place; base: number; end: number; depth: number; title?: string },
  ): Promise<void> {
    const { end, depth } = at;
    if (++this.#values > MAX_VALUES) throw this.#wrong(`holds more than ${MAX_VALUES} values`);
    if (reader.position === end) return;
    const flags = await this.#small(reader, 8, end);
    if (flags.length !== 8) throw this.#damaged();
    const word = new DataView(flags.buffer, flags.byteOffset).getUint32(0, this.#isLittleEndian);
    const kind = word & 0xff;
    if (kind in OTHERS && kind > 5) {
      this.others.push(`${at.title ?? 'a value'} (${OTHERS[kind]})`);
      return this.#skip(reader, end - reader.position);
    }
    const sizes = await this.#sizes(reader, end);
    const name = latin(await this.#small(reader, MAX_NAME, end));
    const title = at.title ?? name;
    if (kind === STRUCT && sizeOf(sizes) === 1 && depth < MAX_DEPTH) {
      await this.#struct(reader, { ...at, title });
    } else if (kind >= DOUBLE && kind <= UINT64 && !((word >>> 8) & COMPLEX)) {
      await this.#numbers(reader, { ...at, title, sizes });
    } else {
      const what = kind === STRUCT ? 'a list of structs' : (OTHERS[kind] ?? 'complex numbers');
      this.others.push(`${title} (${what})`);
    }
    await this.#skip(reader, end - reader.position);
  }

  async #struct(
    reader: ByteReader,
    at: { place: Place; base: number; end: number; depth: number; title: string },
  ): Promise<void> {
    const { end } = at;
    const widths = await this.#small(reader, 4, end);
    if (widths.length !== 4) throw this.#damaged();
    const width = new DataView(widths.buffer, widths.byteOffset).getUint32(0, this.#isLittleEndian);
    if (width === 0 || width > MAX_NAME) throw this.#damaged();
    const names = await this.#small(reader, MAX_FIELDS * width, end);
    for (let from = 0; from < names.length; from += width) {
      const field = latin(names.subarray(from, from + width)).replace(/\0.*$/s, '');
      const tag = await this.#tag(reader);
      const last = reader.position + tag.length;
      if (tag.type !== MATRIX || last > end) throw this.#damaged();
      if (tag.inside) continue;
      await this.#matrix(reader, { ...at, end: last, depth: at.depth + 1, title: `${at.title}.${field}` });
    }
  }

  async #numbers(
    reader: ByteReader,
    {
      place,
      base,
      end,
      title,
      sizes,
    }: { place: Place; base: number; end: number; title: string } & {
      sizes: readonly number[];
    },
  ): Promise<void> {
    const { type: code, length, inside } = await this.#tag(reader);
    const type = TYPES[code];
    const elementSize = Number(type?.[1]);
    if (!type || length !== elementSize * sizeOf(sizes)) throw this.#damaged();
    if (!inside && reader.position + length > end) throw this.#damaged();
    const found = { title, sizes, type, elementSize, isLittleEndian: this.#isLittleEndian };
    const keeps = inside ?? (place.isPacked && length <= KEPT_EACH && this.#kept + length <= KEPT_IN_ALL);
    if (!keeps) {
      const from = reader.position - base;
      this.arrays.push({ ...found, open: () => this.#part(place, from, length) });
      return;
    }
    const bytes = (inside ?? (await reader.take(length))).slice();
    if (bytes.length !== length) throw this.#damaged();
    this.#kept += length;
    this.arrays.push({
      ...found,
      async *open() {
        yield bytes;
      },
    });
  }

  /** Bytes of an element of the file, which is unpacked if it is packed. */
  async *#part(place: Place, from: number, length: number): AsyncGenerator<Uint8Array> {
    const outer = new ByteReader(this.#file.open());
    let reader = outer;
    try {
      await this.#skip(outer, place.start);
      if (place.isPacked) reader = new ByteReader(unzlibbed(outer.pass(place.length), this.#file.path));
      await this.#skip(reader, from);
      let found = 0;
      for await (const part of reader.pass(length)) {
        found += part.length;
        yield part;
      }
      if (found !== length) throw this.#damaged();
    } finally {
      await reader.close();
      await outer.close();
    }
  }

  async #sizes(reader: ByteReader, end: number): Promise<number[]> {
    const bytes = await this.#small(reader, 4 * MAX_DIMENSIONS, end);
    if (bytes.length < 8 || bytes.length % 4 !== 0) throw this.#damaged();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const sizes = Array.from({ length: bytes.length / 4 }, (_, d) =>
      view.getInt32(4 * d, this.#isLittleEndian),
    );
    if (sizes.some((size) => size < 0) || !Number.isSafeInteger(8 * sizeOf(sizes))) throw this.#damaged();
    return sizes;
  }

  /** The bytes of a short element. */
  async #small(reader: ByteReader, most: number, end: number): Promise<Uint8Array> {
    const { length, inside } = await this.#tag(reader);
    if (inside) return inside;
    if (length > most || reader.position + length > end) throw this.#damaged();
    const bytes = await reader.take(length);
    if (bytes.length < length) throw this.#damaged();
    await this.#skip(reader, padded(length) - length);
    return bytes;
  }

  async #tag(reader: ByteReader): Promise<Tag>;
  async #tag(reader: ByteReader, mayEnd: true): Promise<Tag | undefined>;
  async #tag(reader: ByteReader, mayEnd = false): Promise<Tag | undefined> {
    const bytes = await reader.take(8);
    if (bytes.length === 0 && mayEnd) return undefined;
    if (bytes.length < 8) throw this.#damaged();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const first = view.getUint32(0, this.#isLittleEndian);
    const length = first >>> 16;
    if (length === 0) return { type: first, length: view.getUint32(4, this.#isLittleEndian) };
    if (length > 4) throw this.#damaged();
    return { type: first & 0xffff, length, inside: bytes.slice(4, 4 + length) };
  }

  async #skip(reader: ByteReader, length: number): Promise<void> {
    if (length < 0 || (await reader.skip(length)) < length) throw this.#damaged();
  }

  #damaged(): DataError {
    return this.#wrong('is cut short or damaged: fetch the file again');
  }

  #wrong(problem: string): DataError {
    return new DataError(`${this.#file.path}: ${problem}`);
  }
}

/** Elements begin at a multiple of eight bytes. */
function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Without characters that would make a message of two lines. */
function latin(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes).replace(/[^\x20-\x7e\0]/g, '?');
}
