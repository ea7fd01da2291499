import type { FileMetaData } from 'hyparquet';

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
 * Whether the pages of all columns lie in the file, one after the other, and hold as many values as the metadata say.
 *
 * @param limit the most bytes that a page may unpack to
 */
export function pagesFit(view: DataView, { row_groups: groups }: FileMetaData, limit: number): boolean {
  try {
    return groups.every(({ columns }) =>
      columns.every(({ meta_data: column }) => {
        if (!column) return false;
        const data = Number(column.data_page_offset);
        const start = Math.min(data, Number(column.dictionary_page_offset ?? data) || data);
        const end = start + Number(column.total_compressed_size);
        return fits(view, { start, end, values: Number(column.num_values), limit });
      }),
    );
  } catch {
    // A header went beyond the end.
    return false;
  }
}

interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly values: number;
  readonly limit: number;
}

function fits(view: DataView, { start, end, values, limit }: Chunk): boolean {
  if (!(start >= 4 && end <= view.byteLength && end >= start)) return false;
  let at = start;
  let found = 0;
  while (at < end && found < values) {
    const header = new Header(view, at);
    const fields = header.struct(0);
    const [unpacked, packed] = [fields.get(2), fields.get(3)];
    if (typeof packed !== 'number' || typeof unpacked !== 'number') return false;
    if (packed < 0 || unpacked < 0 || unpacked > limit || header.at - at > MAX_PAGE_HEADER) return false;
    at = header.at + packed;
    if (at > end) return false;
    const data = fields.get(5) ?? fields.get(8);
    const page = data ?? fields.get(7);
    const count = page instanceof Map ? page.get(1) : undefined;
    if (typeof count !== 'number' || count < 0 || count > values) return false;
    if (data) found += count;
  }
  return found === values;
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
    if (type === TRUE || type === FALSE) return 0;
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
