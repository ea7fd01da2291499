import { createRandom } from '@longhand/core/maths';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { randomJpeg } from './random-jpeg.test.support.js';
import { decodeReduced } from './reduced-jpeg.js';
import { jpegKernels } from './start-kernels.js';

const REDUCTIONS = [2, 4, 8] as const;
const seed = fc.nat();

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** What both decoders make of a file: it must be the same. */
function decodedBy(file: Uint8Array) {
  return REDUCTIONS.map((reduction) => {
    const plain = decodeReduced(file, reduction, null);
    expect(decodeReduced(file, reduction, jpegKernels()!), `${reduction}`).toStrictEqual(plain);
    return plain;
  });
}

test('the kernels decode the same pictures as plain TypeScript', () => {
  fc.assert(
    fc.property(seed, (start) => {
      const pictures = decodedBy(randomJpeg(createRandom(start, 'jpeg'), 70));
      for (const picture of pictures) expect(picture).toBeDefined();
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('so they do if the file is larger than what they have in memory', () => {
  fc.assert(
    fc.property(seed, fc.nat(), (start, cut) => {
      const file = randomJpeg(createRandom(start, 'jpeg'), 400);
      for (const picture of decodedBy(file)) expect(picture).toBeDefined();
      for (const picture of decodedBy(file.subarray(0, cut % file.length))) expect(picture).toBeUndefined();
    }),
    { seed: 1, numRuns: 4 },
  );
});

test('they refuse the same files, and make the same of damaged bytes', () => {
  let decoded = 0;
  const change = fc.tuple(fc.nat(), fc.oneof(fc.constant(255), fc.nat(255)));
  fc.assert(
    fc.property(seed, fc.array(change, { minLength: 1, maxLength: 3 }), (start, changes) => {
      const file = randomJpeg(createRandom(start, 'jpeg'), 40);
      for (const [at, value] of changes) file[at % file.length] = value;
      decoded += decodedBy(file).filter((picture) => picture).length;
    }),
    { seed: 1, numRuns: 250 },
  );
  // Some damage cannot be seen.
  expect(decoded).toBeGreaterThan(10);
});

test('they refuse what does not end with its scan', () => {
  const file = randomJpeg(createRandom(5, 'jpeg'), 40);
  // Restarts, another scan, stuffing, fill bytes, no marker.
  for (const marker of [0xd0, 0xd7, 0xda, 0xc4, 0x00, 0xff, 0x01]) {
    const other = file.slice();
    other[file.length - 1] = marker;
    for (const picture of decodedBy(other)) expect(picture, `${marker}`).toBeUndefined();
  }
});

test('where WebAssembly is forbidden, plain TypeScript decodes', async () => {
  const file = randomJpeg(createRandom(3, 'jpeg'), 70);
  const picture = decodeReduced(file, 4);
  vi.stubGlobal('WebAssembly', {
    Module: () => {
      throw new EvalError('forbidden');
    },
  });
  vi.resetModules();
  const forbidden = await import('./reduced-jpeg.js');
  const { jpegKernels: start } = await import('./start-kernels.js');
  expect(start()).toBeUndefined();
  expect(forbidden.decodeReduced(file, 4)).toStrictEqual(picture);
});
