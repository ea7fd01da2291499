// Values in a page are in runs: so many times the same value, or so many values in a few bits each
// (https://parquet.apache.org/docs/file-format/data-pages/encodings). The library that reads Parquet believes a run
// that claims to be longer than the page has values, and then may never end. So runs are held against the page first.

/** The encodings of values that are read, by their numbers in the file. */
const [PLAIN, PLAIN_DICTIONARY, RLE, DELTA, DELTA_LENGTHS, RLE_DICTIONARY, BYTE_STREAM_SPLIT] = [
  0, 2, 3, 5, 6, 8, 9,
];
const KNOWN: ReadonlySet<unknown> = new Set([
  ...[PLAIN, PLAIN_DICTIONARY, RLE, DELTA, DELTA_LENGTHS, RLE_DICTIONARY, BYTE_STREAM_SPLIT],
]);
/** The largest block of deltas that is believed; writers use 128. */
const MAX_BLOCK = 1 << 16;

/** Whether values of this encoding are read. */
export function isKnownEncoding(encoding: unknown): boolean {
  return KNOWN.has(encoding);
}

/** A page of values, unpacked. */
export interface Page {
  /** The levels and values; of version 2, the values alone. */
  readonly bytes: Uint8Array;
  /** Of version 2, the levels, which are never packed, and where the second of them starts. */
  readonly levels?: { readonly bytes: Uint8Array; readonly definitions: number; readonly nulls: number };
  /** How many values it has, missing ones among them. */
  readonly values: number;
  readonly encoding: number;
  readonly isBoolean: boolean;
  /** How deep values are nested in lists, and in what may be missing. */
  readonly maxRepetition: number;
  readonly maxDefinition: number;
}

/**
 * Whether no run of a page is longer than the page.
 *
 * @throws RangeError where a run goes beyond the page's end: so does the library that reads it
 */
export function runsFit(page: Page): boolean {
  const { bytes, levels, values, encoding, maxRepetition, maxDefinition } = page;
  const runs = new Runs(levels?.bytes ?? bytes);
  let nulls = 0;
  if (maxRepetition > 0 && !runs.levels(maxRepetition, values, !levels)) return false;
  if (levels) runs.at = levels.definitions;
  if (maxDefinition > 0) {
    const found = runs.levels(maxDefinition, values, !levels);
    if (!found) return false;
    nulls = values - found.count;
  }
  if (levels) {
    nulls = levels.nulls;
    if (!(nulls >= 0 && nulls <= values)) return false;
  }
  const content = levels ? new Runs(bytes) : runs;
  const expected = values - nulls;
  if (expected === 0) return true;
  if (encoding === DELTA || encoding === DELTA_LENGTHS) return content.hasDeltas();
  if (encoding !== PLAIN_DICTIONARY && encoding !== RLE && encoding !== RLE_DICTIONARY) return true;
  if (page.isBoolean) return content.levels(1, expected, true) !== undefined;
  const width = content.byte();
  return width <= 32 && (width === 0 || content.runs(width, expected) !== undefined);
}

class Runs {
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.#view.getUint8(this.at++);
  }

  /** Runs of levels from 0 to `most`: how many are `most`. Undefined if a run is too long. */
  levels(most: number, values: number, hasLength: boolean): { count: number } | undefined {
    const width = 32 - Math.clz32(most);
    if (!hasLength) return this.runs(width, values, most);
    const length = this.#view.getUint32(this.at, true);
    this.at += 4;
    const end = this.at + length;
    const found = this.runs(width, values, most);
    this.at = end;
    return found;
  }

  /** Runs of so many values: how many of them are `wanted`. Undefined if a run is too long. */
  runs(width: number, values: number, wanted?: number): { count: number } | undefined {
    let count = 0;
    for (let seen = 0; seen < values; ) {
      const header = this.#varint();
      const isPacked = (header & 1) === 1;
      const length = isPacked ? 8 * Math.floor(header / 2) : Math.floor(header / 2);
      // The last run of packed values is filled up to eight.
      if (length > values + 7) return undefined;
      const used = Math.min(length, values - seen);
      if (isPacked) {
        if (wanted !== undefined)
          for (let k = 0; k < used; k++) if (this.#bits(k * width, width) === wanted) count++;
        this.at += (length / 8) * width;
      } else {
        let value = 0;
        for (let k = 0; k < Math.ceil(width / 8); k++) value += this.byte() * 256 ** k;
        if (value === wanted) count += used;
      }
      seen += length;
    }
    return { count };
  }

  hasDeltas(): boolean {
    const block = this.#varint();
    const parts = this.#varint();
    return block > 0 && block <= MAX_BLOCK && parts > 0 && block % parts === 0;
  }

  /** A packed value: `width` bits from bit `from` after the place. */
  #bits(from: number, width: number): number {
    let value = 0;
    for (let bit = 0; bit < width; bit++) {
      const place = from + bit;
      const byte = this.#view.getUint8(this.at + (place >>> 3));
      value += ((byte >>> (place & 7)) & 1) * 2 ** bit;
    }
    return value;
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 35; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new RangeError();
  }
}
