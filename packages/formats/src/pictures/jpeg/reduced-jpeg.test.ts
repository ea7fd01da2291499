import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Picture } from '@longhand/core/pictures';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJpeg } from './decode-jpeg.js';
import { decodeReduced } from './reduced-jpeg.js';

const folder = fileURLToPath(new URL('../../../../../tests/fixtures/formats/', import.meta.url));
const bytesOf = (file: string) => new Uint8Array(readFileSync(folder + file));
/** libjpeg does not write these in one scan of YCbCr or gray. */
const OTHERS = ['progressive.jpg', 'cmyk.jpg'];
const files = readdirSync(folder).filter((file) => file.endsWith('.jpg'));

/** The mean of a square of pixels, in lightness. */
function meanAt(
  { width, height, channels, data }: Picture,
  column: number,
  row: number,
  side: number,
): number {
  let [sum, count] = [0, 0];
  for (let y = row * side; y < Math.min(height, (row + 1) * side); y++) {
    for (let x = column * side; x < Math.min(width, (column + 1) * side); x++, count++) {
      const at = (y * width + x) * channels;
      sum += channels < 3 ? data[at]! : 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    }
  }
  return sum / count;
}

test.each(files.flatMap((file) => ([2, 4, 8] as const).map((side) => [file, side] as const)))(
  '%s reduced by %i has the means of what libjpeg decodes',
  async (file, side) => {
    const reduced = decodeReduced(bytesOf(file), side);
    if (OTHERS.includes(file)) return expect(reduced).toBeUndefined();
    // Turning comes later.
    const whole = await decodeJpeg(withoutExif(bytesOf(file)), file);
    expect([reduced!.width, reduced!.height]).toEqual([
      Math.ceil(whole.width / side),
      Math.ceil(whole.height / side),
    ]);
    // Whole squares: past the border, the file has pixels that the picture does not show.
    for (let y = 0; y < Math.floor(whole.height / side); y++) {
      for (let x = 0; x < Math.floor(whole.width / side); x++) {
        const off = Math.abs(meanAt(whole, x, y, side) - meanAt(reduced!, x, y, 1));
        expect(off, `${x}, ${y}`).toBeLessThan(4);
      }
    }
  },
);

test('what is cut short, or changed in its codes, is left to libjpeg or decoded', () => {
  const file = bytesOf('baseline.jpg');
  fc.assert(
    fc.property(fc.nat(file.length - 2), fc.nat(255), fc.boolean(), (at, value, isCut) => {
      const bytes = isCut ? file.slice(0, at) : file.slice();
      if (!isCut) bytes[at] = value;
      const reduced = decodeReduced(bytes, 4);
      if (isCut) expect(reduced).toBeUndefined();
    }),
  );
});

test('what cannot be reduced is refused with the same words', async () => {
  const file = bytesOf('baseline.jpg');
  const errorOf = (bytes: Uint8Array, reduce?: () => 4) =>
    decodeJpeg(bytes, 'p', { reduce }).then(
      () => undefined,
      (error: unknown) => String(error),
    );
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), fc.boolean(), async (at, value, isCut) => {
      const bytes = isCut ? file.slice(0, at) : file.slice();
      if (!isCut) bytes[at] = value;
      const error = await errorOf(bytes, () => 4);
      if (isCut || error) expect(error).toBe(await errorOf(bytes));
      if (isCut) expect(error).toMatch(/cut short/);
      if (error) refused++;
    }),
    { seed: 1, numRuns: 150 },
  );
  expect(refused).toBeGreaterThan(20);
});

test.each(['baseline.jpg', 'progressive.jpg', 'gray.jpg'])('%s tells its size once', async (file) => {
  const sizes: number[] = [];
  await decodeJpeg(bytesOf(file), file, { reduce: () => 8, onSize: (pixels) => sizes.push(pixels) });
  expect(sizes).toHaveLength(1);
});

/** The file without the segment that says how it is turned. */
function withoutExif(file: Uint8Array): Uint8Array {
  for (let at = 2; file[at] === 0xff && file[at + 1] !== 0xda; ) {
    const next = at + 2 + ((file[at + 2]! << 8) | file[at + 3]!);
    if (file[at + 1] === 0xe1) return Uint8Array.of(...file.subarray(0, at), ...file.subarray(next));
    at = next;
  }
  return file;
}
