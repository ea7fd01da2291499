import { zlibSync } from 'fflate';
import { crc32 } from '../../source/crc32.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** 8 bits a channel; gray with alpha. */
const GRAY_ALPHA = [8, 4, 0, 0, 0];

/** A picture as PNG: black, as opaque as its bytes say. */
export function encodeInk(ink: ArrayLike<number>, width: number, height: number): Uint8Array {
  // A row begins with the number of its filter: 0, none.
  const row = 1 + 2 * width;
  const raw = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) raw[y * row + 2 * x + 2] = ink[y * width + x]!;
  }
  const header = new Uint8Array([...word(width), ...word(height), ...GRAY_ALPHA]);
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(raw, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ];
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    png.set(part, at);
    at += part.length;
  }
  return png;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  bytes.set(word(data.length));
  bytes.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  bytes.set(word(crc32(bytes.subarray(4, 8 + data.length))), 8 + data.length);
  return bytes;
}

function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
