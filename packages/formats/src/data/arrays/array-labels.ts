import { DataError } from '@longhand/core';
import { MAX_CLASSES } from '@longhand/core/files';
import { type ArraySource, elementsOf, sizeOf } from './array-source.js';

/** A label is a byte. */
const MAX_LABEL = 255;

/** The labels of examples as they lie in an array: numbers, or texts. */
export type ArrayLabels =
  | { readonly numbers: Uint8Array; readonly notes: readonly string[] }
  | { readonly texts: readonly string[]; readonly notes: readonly string[] };

/**
 * Reads labels: one number for each example, or the first of a few, or one-hot rows.
 *
 * @throws DataError for a number that is no label
 */
export async function labelsOfArray(source: ArraySource): Promise<ArrayLabels> {
  if (source.type === 'text') return { texts: await textsOf(source), notes: [] };
  const [count = 0, columns = 1] = source.shape;
  const values = new Float64Array(sizeOf(source.shape));
  let at = 0;
  for await (const part of elementsOf(source)) {
    values.set(part, at);
    at += part.length;
  }
  const cell = source.isFortran
    ? (i: number, c: number) => values[c * count + i]!
    : (i: number, c: number) => values[i * columns + c]!;
  const isOneHot = columns > 1 && rowsAreOneHot(count, columns, cell);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let label = cell(i, 0);
    if (isOneHot) for (let c = 0; c < columns; c++) if (cell(i, c) === 1) label = c;
    if (!(Number.isInteger(label) && label >= 0 && label <= MAX_LABEL)) {
      throw new DataError(
        `${source.name}: label ${label} of example ${i}: expected a whole number from 0 to ${MAX_LABEL}`,
      );
    }
    labels[i] = label;
  }
  const how = isOneHot
    ? `the ${columns} columns are one-hot labels`
    : `the labels are the first of ${columns} columns`;
  return { numbers: labels, notes: columns > 1 ? [`${source.name}: ${how}`] : [] };
}

function rowsAreOneHot(count: number, columns: number, cell: (i: number, c: number) => number): boolean {
  for (let i = 0; i < count; i++) {
    let ones = 0;
    for (let c = 0; c < columns; c++) {
      const value = cell(i, c);
      if (value === 1) ones++;
      else if (value !== 0) return false;
    }
    if (ones !== 1) return false;
  }
  return count > 0;
}

/** JavaScript's own text, in the order of the machine's bytes. */
const wideDecoder = new TextDecoder(
  new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 'utf-16le' : 'utf-16be',
  { ignoreBOM: true },
);

/** Texts of a fixed length, padded with zeros: of bytes, or of 32-bit characters. Each is kept once. */
async function textsOf({ name, open, elementSize, isLittleEndian, isWide }: ArraySource): Promise<string[]> {
  const texts: string[] = [];
  const known = new Map<string, string>();
  const element = new Uint8Array(elementSize);
  const view = new DataView(element.buffer);
  const decoder = new TextDecoder();
  // Of a wide character at most two units of UTF-16.
  const units = new Uint16Array(isWide ? elementSize / 2 : 0);
  const text = () => {
    let end = elementSize;
    while (end > 0 && element[end - 1] === 0) end--;
    if (!isWide) return decoder.decode(element.subarray(0, end));
    let length = 0;
    for (let k = 0; k < end; k += 4) {
      const code = view.getUint32(k, isLittleEndian);
      if (code === 0 || code > 0x10ffff) continue;
      if (code > 0xffff) units[length++] = 0xd7c0 + (code >>> 10);
      units[length++] = code > 0xffff ? 0xdc00 + (code & 0x3ff) : code;
    }
    return wideDecoder.decode(units.subarray(0, length));
  };
  let filled = 0;
  for await (const chunk of open()) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + elementSize - filled);
      element.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < elementSize) continue;
      filled = 0;
      const label = text();
      if (!known.has(label)) known.set(label, label);
      texts.push(known.get(label)!);
      if (known.size > MAX_CLASSES)
        throw new DataError(`${name}: more than ${MAX_CLASSES} different labels: are these the labels?`);
    }
  }
  return texts;
}
