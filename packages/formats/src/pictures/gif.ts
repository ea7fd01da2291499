import type { Picture } from '@longhand/core/pictures';
import { checkSize, type DecodeOptions, damaged } from './limits.js';

/** The longest code, in bits (GIF89a, appendix F). */
const MAX_CODE_BITS = 12;

/**
 * The first picture in the bytes of a GIF file, on its whole screen. Around it, and in its clear color, the
 * picture is transparent.
 *
 * @param path of the file, for the errors
 * @throws DataError if it is damaged or too large
 */
export function decodeGif(file: Uint8Array, path: string, options: DecodeOptions = {}): Picture {
  const { width, height, left, top, columns, rows, isInterlaced, clear, palette, bits, parts } = readGif(
    file,
    path,
    options,
  );
  const indices = unpack(parts, bits, columns * rows);
  if (!indices) throw damaged(path, 'GIF', CUT_SHORT);
  const data = new Uint8Array(4 * width * height);
  for (const [stored, y] of rowOrder(rows, isInterlaced).entries()) {
    if (top + y >= height) continue;
    for (let x = 0; x < columns && left + x < width; x++) {
      const index = indices[stored * columns + x]!;
      if (index === clear) continue;
      const to = 4 * ((top + y) * width + left + x);
      for (let c = 0; c < 3; c++) data[to + c] = palette[3 * index + c] ?? 0;
      data[to + 3] = 255;
    }
  }
  return { width, height, channels: 4, data };
}

/** Checks a GIF without unpacking it: its header and its codes. */
export function checkGif(file: Uint8Array, path: string): void {
  const { columns, rows, bits, parts } = readGif(file, path, {});
  if (!holds(parts, bits, columns * rows)) throw damaged(path, 'GIF', CUT_SHORT);
}

const CUT_SHORT = 'its pixels are cut short';

interface Gif {
  readonly width: number;
  readonly height: number;
  /** Where the picture is on the screen, and its size. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly isInterlaced: boolean;
  /** The index of the clear color; −1 if there is none. */
  readonly clear: number;
  readonly palette: Uint8Array;
  /** Bits of an index. */
  readonly bits: number;
  /** The compressed indices. */
  readonly parts: readonly Uint8Array[];
}

function readGif(file: Uint8Array, path: string, options: DecodeOptions): Gif {
  const fail = (reason: string) => damaged(path, 'GIF', reason);
  if (file.length < 13) throw fail(`it ends after ${file.length} bytes`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  checkSize(width, height, path, options);
  let at = 13;
  const paletteOf = (flags: number): Uint8Array | undefined => {
    if (!(flags & 0x80)) return undefined;
    const length = 3 * 2 ** ((flags & 7) + 1);
    const palette = file.subarray(at, at + length);
    at += length;
    return palette;
  };
  const blocks = (): Uint8Array[] => {
    const found: Uint8Array[] = [];
    for (let length = file[at++]; length; length = file[at++]) {
      found.push(file.subarray(at, at + length));
      at += length;
    }
    return found;
  };
  const shared = paletteOf(file[10]!);
  let clear = -1;
  for (;;) {
    const introducer = file[at++];
    if (introducer === 0x21) {
      const label = file[at++];
      const [first] = blocks();
      if (label === 0xf9 && first && first.length >= 4) clear = first[0]! & 1 ? first[3]! : -1;
    } else if (introducer === 0x2c) {
      break;
    } else throw fail('no picture in it');
  }
  if (at + 10 > file.length) throw fail(`it ends after ${file.length} bytes`);
  const [left, top] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
  const [columns, rows, flags] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true), file[at + 8]!];
  at += 9;
  checkSize(columns, rows, path);
  const palette = paletteOf(flags) ?? shared;
  if (!palette) throw fail('it has no colors');
  const bits = file[at++]!;
  if (bits < 1 || bits > 11) throw fail('its code size is out of range');
  const isInterlaced = (flags & 0x40) !== 0;
  return { width, height, left, top, columns, rows, isInterlaced, clear, palette, bits, parts: blocks() };
}

/** The rows in the order in which they are stored. */
function rowOrder(rows: number, isInterlaced: boolean): number[] {
  const passes = isInterlaced
    ? [
        [0, 8],
        [4, 8],
        [2, 4],
        [1, 2],
      ]
    : [[0, 1]];
  return passes.flatMap(([first, step]) => {
    const found: number[] = [];
    for (let y = first!; y < rows; y += step!) found.push(y);
    return found;
  });
}

/** LZW: undefined if there are fewer than `length` indices, or a code is wrong. */
function unpack(parts: readonly Uint8Array[], bits: number, length: number): Uint8Array | undefined {
  const clearCode = 2 ** bits;
  // The string of a code is that of its prefix, and one index more.
  const prefix = new Uint16Array(2 ** MAX_CODE_BITS);
  const suffix = new Uint8Array(2 ** MAX_CODE_BITS);
  const stack = new Uint8Array(2 ** MAX_CODE_BITS);
  for (let i = 0; i < clearCode; i++) suffix[i] = i;
  const indices = new Uint8Array(length);
  let [filled, first] = [0, 0];
  const isWhole = takeCodes(parts, bits, (code, next, previous) => {
    let depth = 0;
    let at = code;
    if (code === next) {
      stack[depth++] = first;
      at = previous;
    }
    while (at > clearCode) {
      stack[depth++] = suffix[at]!;
      at = prefix[at]!;
    }
    first = suffix[at]!;
    stack[depth++] = first;
    if (previous >= 0 && next < 2 ** MAX_CODE_BITS) {
      prefix[next] = previous;
      suffix[next] = first;
    }
    while (depth > 0 && filled < length) indices[filled++] = stack[--depth]!;
    return filled === length;
  });
  return isWhole ? indices : undefined;
}

/** Whether the codes are right and stand for at least `length` indices: `unpack` without the indices. */
function holds(parts: readonly Uint8Array[], bits: number, length: number): boolean {
  // How many indices a code stands for.
  const lengths = new Uint16Array(2 ** MAX_CODE_BITS).fill(1);
  let filled = 0;
  return takeCodes(parts, bits, (code, next, previous) => {
    filled += code === next ? lengths[previous]! + 1 : lengths[code]!;
    if (previous >= 0 && next < 2 ** MAX_CODE_BITS) lengths[next] = lengths[previous]! + 1;
    return filled >= length;
  });
}

/**
 * Goes through LZW's codes, whose length grows with the table.
 *
 * @param take gets each code, the place in the table that its string takes, and the code before it (−1 if
 *   there is none, and then nothing is added to the table); it answers whether that was enough
 * @returns whether it was enough; not if the codes end before, or one is wrong
 */
function takeCodes(
  parts: readonly Uint8Array[],
  bits: number,
  take: (code: number, next: number, previous: number) => boolean,
): boolean {
  const [clearCode, endCode] = [2 ** bits, 2 ** bits + 1];
  let [codeBits, next, previous, buffer, buffered] = [bits + 1, endCode + 1, -1, 0, 0];
  for (const part of parts) {
    for (const byte of part) {
      buffer |= byte << buffered;
      buffered += 8;
      while (buffered >= codeBits) {
        const code = buffer & (2 ** codeBits - 1);
        buffer >>>= codeBits;
        buffered -= codeBits;
        if (code === endCode) return false;
        if (code === clearCode) {
          [codeBits, next, previous] = [bits + 1, endCode + 1, -1];
          continue;
        }
        if (code > next || (code === next && previous < 0)) return false;
        if (take(code, next, previous)) return true;
        if (previous >= 0 && next < 2 ** MAX_CODE_BITS) {
          next++;
          if (next === 2 ** codeBits && codeBits < MAX_CODE_BITS) codeBits++;
        }
        previous = code;
      }
    }
  }
  return false;
}
