/** A color, 0–255 each. */
export type Color = readonly [red: number, green: number, blue: number];

/**
 * A PNG with one byte per pixel, which is the index of its color in a palette (W3C, Portable
 * Network Graphics, https://www.w3.org/TR/png-3). It is stored without compression, so it needs
 * neither a library nor a promise.
 *
 * @param indices row by row, `width × height` of them
 * @param palette up to 256 colors
 */
export function encodePng(
  width: number,
  height: number,
  indices: ArrayLike<number>,
  palette: readonly Color[],
): Uint8Array {
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    // Each row begins with the number of its filter: 0 is none.
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indices[y * width + x]!;
  }
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  // 8 bits per pixel, colors from a palette.
  header.set([8, 3], 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flat())),
    chunk('IDAT', storedZlib(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The longest stored block of DEFLATE. */
const BLOCK_BYTES = 0xffff;

/** A zlib stream of stored blocks (RFC 1950 and 1951). */
function storedZlib(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let from = 0; from === 0 || from < bytes.length; from += BLOCK_BYTES) {
    const block = bytes.subarray(from, from + BLOCK_BYTES);
    const isLast = from + BLOCK_BYTES >= bytes.length;
    const { length } = block;
    parts.push(Uint8Array.of(Number(isLast), length & 255, length >> 8, ~length & 255, (~length >> 8) & 255));
    parts.push(block);
  }
  parts.push(bigEndian(adler32(bytes)));
  return joined(parts);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  return joined([bigEndian(data.length), named, bigEndian(crc32(named))]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
