// The compressed bytes: ../entropy.ts, piece by piece.

/**
 * The bytes that are next, without stuffing, from `top` down: one load has the next bits in their order.
 * `room` says how many may lie there. A block that breaks off may read 256 below.
 */
let top: usize = 0;
let room: i32 = 0;
/** How many bytes are there. */
export let length: i32 = 0;
/** The next bit. */
export let at: i32 = 0;
/** What follows the bytes; 0 if that is not known yet. */
export let marker: i32 = 0;

/** Bytes of the file that are not there yet. */
let raw: usize = 0;
let rawEnd: usize = 0;

export function beginBytes(bufferTop: usize, bufferRoom: i32): void {
  top = bufferTop;
  room = bufferRoom;
  raw = 0;
  rawEnd = 0;
  beginPart();
}

/** After a restart marker, the bits begin with a byte. */
export function beginPart(): void {
  length = 0;
  at = 0;
  marker = 0;
}

export function moveTo(bit: i32): void {
  at = bit;
}

/** The next bytes of the file, after what is still unread. 16 addresses behind them can be read, too. */
export function give(from: usize, count: i32): void {
  raw = from;
  rawEnd = from + count;
}

/** How many of the given bytes have to be given again. */
export function unread(): i32 {
  return <i32>(rawEnd - raw);
}

/** Whether `count` bytes are there, or all up to the next marker. */
export function has(count: i32): bool {
  if (marker !== 0 || length - (at >> 3) >= count) return true;
  dropRead();
  unstuff();
  return marker !== 0 || length - (at >> 3) >= count;
}

function dropRead(): void {
  const read = at >> 3;
  const left = length - read;
  memory.copy(top - left + 1, top - length + 1, left);
  length = left;
  at &= 7;
}

function unstuff(): void {
  while (marker === 0 && length + 16 <= room && raw < rawEnd) {
    const bytes = v128.load(raw);
    // In the opposite order. What is too much will be overwritten.
    v128.store(
      top - length - 15,
      v128.shuffle<u8>(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
    );
    const stops = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(-1)));
    const clear = min<i32>(ctz(stops | 0x10000), <i32>(rawEnd - raw));
    length += clear;
    raw += clear;
    if (clear === 16 || raw === rawEnd) continue;
    // A marker, or 255 as FF 00.
    if (raw + 1 === rawEnd) return;
    marker = load<u8>(raw + 1);
    raw += 2;
    if (marker !== 0) return;
    store<u8>(top - length, 0xff);
    length++;
  }
}

/** The bits from one on, from the top of 64; 57 at least. */
// @ts-ignore: decorator
@inline
export function bitsAt(bit: i32): u64 {
  return load<u64>(top - (bit >> 3) - 7) << (bit & 7);
}
