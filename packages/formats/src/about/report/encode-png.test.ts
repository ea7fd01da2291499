import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeInk } from './encode-png.js';

test('a picture comes back: its bytes are the alpha of black', () => {
  const ink = [0, 1, 2, 128, 254, 255];
  const png = Buffer.from(encodeInk(ink, 3, 2));
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect(png.subarray(12, 16).toString()).toBe('IHDR');
  expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([3, 2, 8, 4]);
  const length = png.readUInt32BE(33);
  expect(png.subarray(37, 41).toString()).toBe('IDAT');
  const raw = inflateSync(png.subarray(41, 41 + length));
  expect([...raw]).toEqual([0, 0, 0, 0, 1, 0, 2, 0, 0, 128, 0, 254, 0, 255]);
  // The last chunk of every PNG, with its checksum.
  expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
});
