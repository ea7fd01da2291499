// The units of a scan, in their order: ../plain-rows.ts.
import { at, beginBytes, beginPart, has, length, marker } from './bytes';
import { decodeBlock } from './block';

const RST0 = 0xd0;
const EOI = 0xd9;

/** More than the bytes of a unit: 12 blocks of 64 codes, of 27 bits at the most. */
const UNIT = 2600;

/** Bytes of a component in memory: sixteen integers, which `componentOf` in ../kernel-rows.ts names. */
export const COMPONENT: usize = 64;

let components: usize = 0;
let end: usize = 0;
/** Receives the means of a block. */
let block: usize = 0;
/** Units between two restarts, and how many are left before the next. */
let interval: i32 = 0;
let left: i32 = 0;
let restarts: i32 = 0;

/** Begins a scan with its components, their last coefficients 0. */
export function begin(
  from: usize, count: i32, room: usize, units: i32, bufferTop: usize, bufferRoom: i32,
): void {
  components = from;
  end = from + COMPONENT * count;
  block = room;
  interval = units;
  left = units;
  restarts = 0;
  beginBytes(bufferTop, bufferRoom);
}

/**
 * Decodes the units of a row into the rows of means of their components.
 *
 * @param column of the unit with which to begin, or to go on
 * @returns the column of the first unit for which more bytes have to be given; −1 if the bytes are damaged
 */
export function decodeUnits(column: i32, columns: i32): i32 {
  while (column < columns) {
    if (!has(UNIT)) return column;
    if (left === 0) {
      if (!restart()) return -1;
      continue;
    }
    for (let component = components; component < end; component += COMPONENT) {
      if (!decodeUnit(component, column)) return -1;
    }
    left--;
    column++;
  }
  return column;
}

/** Whether the scan ends after the units that are decoded. */
export function isWhole(): bool {
  return has(UNIT) && marker === EOI && isAtEnd();
}

function restart(): bool {
  // They count from 0 to 7, again and again.
  if (marker !== RST0 + (restarts & 7) || !isAtEnd()) return false;
  restarts++;
  left = interval;
  beginPart();
  for (let component = components; component < end; component += COMPONENT) store<i32>(component, 0, 48);
  return true;
}

/** Whether only the bits are left that fill the last byte. */
function isAtEnd(): bool {
  return (at + 7) >> 3 === length;
}

function decodeUnit(component: usize, column: i32): bool {
  const h = load<i32>(component);
  const v = load<i32>(component, 4);
  const wide = load<i32>(component, 8);
  const high = load<i32>(component, 12);
  const stride = load<i32>(component, 16);
  const dc = load<usize>(component, 20);
  const ac = load<usize>(component, 24);
  const weights = load<usize>(component, 28);
  const counts = load<usize>(component, 32);
  const data = load<usize>(component, 36);
  for (let down = 0; down < v; down++) {
    for (let right = 0; right < h; right++) {
      if (!decodeBlock(dc, ac, weights, counts, wide * high, block, component + 48)) return false;
      let to = data + (<usize>(down * high * stride + (column * h + right) * wide) << 2);
      let from = block;
      for (let y = 0; y < high; y++, to += <usize>stride << 2) {
        for (let x = 0; x < wide; x++, from += 8) store<f32>(to + (<usize>x << 2), <f32>load<f64>(from));
      }
    }
  }
  return true;
}
