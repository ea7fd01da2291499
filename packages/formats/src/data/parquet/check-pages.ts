import type { ColumnMetaData, Compressors, FileMetaData } from 'hyparquet';
import { isKnownEncoding, runsFit } from './check-runs.js';

// The library that reads Parquet trusts the sizes in the headers of pages: with wrong ones it may never end. So they are
// held against the file first. Headers are structs of Thrift's compact protocol:
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md

/** The types of fields that occur in the header of a page. */
const [STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, , STRUCT] = Array.from(
  { length: 13 },
  (_, type) => type,
);
const MAX_DEPTH = 8;
const MAX_PAGE_HEADER = 1 << 16;

type Struct = Map<number, number | Struct>;

/**
 * What is wrong with the pages of a file. They must lie in it, one after the other, hold as many values as the metadata
 * say, in runs that are no longer, and in an encoding that is read.
 *
 * @param limit the most bytes that a page may unpack to
 * @returns undefined if nothing is
 */
export function faultInPages(
  view: DataView,
  metadata: FileMetaData,
  unpackers: Compressors,
  limit: number,
): 'damaged' | 'encoding' | undefined {
  try {
    for (const { columns } of metadata.row_groups) {
      for (const { meta_data: column } of columns) {
        if (!column) return 'damaged';
        const fault = faultIn(view, column, { ...levelsOf(metadata, column), unpackers, limit });
        if (fault) return fault;
      }
    }
    return undefined;
  } catch {
    // A header or a run went beyond the end, or a page could not be unpacked.
    return 'damaged';
  }
}

interface Expected {
  readonly maxRepetition: number;
  readonly maxDefinition: number;
  readonly unpackers: Compressors;
  readonly limit: number;
}

function faultIn(
  view: DataView,
  column: ColumnMetaData,
  expected: Expected,
): 'damaged' | 'encoding' | undefined {
  const { limit, unpackers, maxRepetition, maxDefinition } = expected;
  const data = Number(column.data_page_offset);
  const values = Number(column.num_values);
  let at = Math.min(data, Number(column.dictionary_page_offset ?? data) || data);
  const end = at + Number(column.total_compressed_size);
  if (!(at >= 4 && end <= view.byteLength && end >= at)) return 'damaged';
  const unpack = (bytes: Uint8Array, length: number): Uint8Array =>
    column.codec === 'UNCOMPRESSED' ? bytes : unpackers[column.codec]!(bytes, length);
  let found = 0;
  while (at < end && found < values) {
    const header = new Header(view, at);
    const fields = header.struct(0);
    const [unpacked, packed] = [fields.get(2), fields.get(3)];
    if (typeof packed !== 'number' || typeof unpacked !== 'number') return 'damaged';
    if (packed < 0 || unpacked < 0 || unpacked > limit || header.at - at > MAX_PAGE_HEADER) return 'damaged';
    const bytes = new Uint8Array(view.buffer, view.byteOffset + header.at, packed);
    at = header.at + packed;
    if (at > end) return 'damaged';
    const [first, second] = [fields.get(5), fields.get(8)];
    const page = first ?? second ?? fields.get(7);
    if (!(page instanceof Map)) return 'damaged';
    const count = page.get(1);
    if (typeof count !== 'number' || count < 0 || count > values) return 'damaged';
    if (first === undefined && second === undefined) continue;
    found += count;
    const encoding = page.get(second ? 4 : 2);
    if (typeof encoding !== 'number' || !isKnownEncoding(encoding)) return 'encoding';
    const common = {
      values: count,
      encoding,
      isBoolean: column.type === 'BOOLEAN',
      maxRepetition,
      maxDefinition,
    };
    if (!second) {
      if (!runsFit({ ...common, bytes: unpack(bytes, unpacked) })) return 'damaged';
      continue;
    }
    const [definitions, repetitions] = [Number(page.get(5)), Number(page.get(6))];
    const levels = definitions + repetitions;
    if (!(definitions >= 0 && repetitions >= 0 && levels <= packed && levels <= unpacked)) return 'damaged';
    const isPacked = page.get(7) !== 0 && unpacked > levels;
    const content = bytes.subarray(levels);
    const fits = runsFit({
      ...common,
      bytes: isPacked ? unpack(content, unpacked - levels) : content,
      levels: { bytes, definitions: repetitions, nulls: Number(page.get(2)) },
    });
    if (!fits) return 'damaged';
  }
  return found === values ? undefined : 'damaged';
}

/** How deep a column is nested in lists, and in what may be missing. */
function levelsOf({ schema }: FileMetaData, { path_in_schema: path }: ColumnMetaData) {
  let [at, maxRepetition, maxDefinition] = [0, 0, 0];
  for (const name of path) {
    let child = at + 1;
    for (let k = schema[at]!.num_children ?? 0; schema[child]!.name !== name; k--) {
      if (k <= 1) throw new RangeError();
      child = afterElement(schema, child);
    }
    at = child;
    const repetition = schema[at]!.repetition_type;
    if (repetition === 'REPEATED') maxRepetition++;
    if (repetition === 'REPEATED' || repetition === 'OPTIONAL') maxDefinition++;
  }
  return { maxRepetition, maxDefinition };
}

/** Where the next element of the same level is. */
export function afterElement(schema: FileMetaData['schema'], at: number): number {
  let next = at + 1;
  for (let k = 0; k < (schema[at]!.num_children ?? 0); k++) next = afterElement(schema, next);
  return next;
}

class Header {
  readonly #view: DataView;
  at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.at = at;
  }

  struct(depth: number): Struct {
    if (depth > MAX_DEPTH) throw new RangeError();
    const fields: Struct = new Map();
    let id = 0;
    for (;;) {
      const byte = this.#byte();
      const type = byte & 15;
      if (type === STOP) return fields;
      id = byte >>> 4 ? id + (byte >>> 4) : this.#zigzag();
      fields.set(id, this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): number | Struct {
    if (type === TRUE || type === FALSE) return type === TRUE ? 1 : 0;
    if (type === BYTE) return this.#byte();
    if (type === I16 || type === I32 || type === I64) return this.#zigzag();
    if (type === DOUBLE) return this.#skip(8);
    if (type === BINARY) return this.#skip(this.#varint());
    if (type === STRUCT) return this.struct(depth + 1);
    if (type !== LIST && type !== SET) throw new RangeError();
    const byte = this.#byte();
    const count = byte >>> 4 === 15 ? this.#varint() : byte >>> 4;
    if (count > MAX_PAGE_HEADER) throw new RangeError();
    for (let k = 0; k < count; k++) this.#value(byte & 15, depth + 1);
    return 0;
  }

  #byte(): number {
    return this.#view.getUint8(this.at++);
  }

  #skip(bytes: number): number {
    this.at += bytes;
    if (this.at > this.#view.byteLength) throw new RangeError();
    return 0;
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 56; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new RangeError();
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
