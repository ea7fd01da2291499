import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawAffineMap } from '../../data/augmentation/affine-map.js';
import { augmentPicture } from '../../data/augmentation/augment-picture.js';
import {
  createDisplacementField,
  type DisplacementField,
} from '../../data/augmentation/displacement-field.js';
import { dropoutMask } from '../../maths/dropout.js';
import { dropoutThreshold, hashSeed } from '../../random.js';
import { randomExamples } from '../cases.test.support.js';
import { roundUp } from '../layout/plan.js';
import { sampleAffineMaps } from '../passes/augment.js';
import { RUNS, seed, type TestBench, testBench } from './kernels.test.support.js';

describe('augmentation', () => {
  const strengths = fc.record({
    shift: fc.constantFrom(0, 3, 50),
    rotate: fc.constantFrom(0, 15, 180),
    scale: fc.constantFrom(0, 0.5),
    shear: fc.constantFrom(0, 1),
    elastic: fc.constantFrom(0, 0, 2, 20),
    elasticSigma: fc.constant(2),
    width: fc.integer({ min: 2, max: 40 }),
    height: fc.integer({ min: 2, max: 40 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
  });

  test('gives the bytes of the maths', () => {
    const property = fc.property(strengths, (augmentation) => {
      const b = testBench();
      const { width, height, seed } = augmentation;
      const picture = randomExamples(width * height, 2, 1, 'full', seed).pixels(0);
      const field = createDisplacementField(augmentation);
      const maps = [0, 1, 2].map((iteration) => drawAffineMap(augmentation, iteration, 5));
      const expected = maps.map((map) => augmentPicture(picture, width, height, map, field));
      const all = { key: 0, place: 0, threshold: 0 };
      const found = augmentExamples(b, [picture], maps, all, { width, height, field });
      expect(found).toEqual(expected.map((made) => sparseRowOf(b, made)));
    });
    fc.assert(property, RUNS);
  });

  test('draws the affine maps of the maths, number by number', () => {
    const property = fc.property(
      strengths,
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 0, max: 1e9 }),
      (augmentation, iteration, place) => {
        const b = testBench();
        const count = 3;
        const out = b.room(9 * count);
        sampleAffineMaps(b.kernels, augmentation, { iteration, place, count, room: b.room(20), out });
        const drawn = [...new Int32Array(b.memory.wasm.buffer, out, 9 * count)];
        for (let k = 0; k < count; k++) {
          expect(drawn.slice(9 * k, 9 * k + 8)).toEqual(drawAffineMap(augmentation, iteration, place + k));
        }
      },
    );
    fc.assert(property, RUNS);
  });
});

test('with input dropout, a picture is packed as the sparse row of the pixels that are kept', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 800 }),
    seed,
    fc.constantFrom(0, 0.1, 0.5),
    (inputs, s, share) => {
      const b = testBench();
      const picture = randomExamples(inputs, 2, 1, 'sparse', s).pixels(0);
      const dropout = { share, seed: s, iteration: 7 };
      const D = dropoutMask(dropout, 0, inputs, 1, 5).data;
      const left = picture.map((value, i) => (D[i] ? value : 0));
      const dropped = { key: hashSeed(dropout, 0), place: 4, threshold: dropoutThreshold(share) };
      const [, found] = augmentExamples(b, [new Uint8Array(inputs), picture], [[], []], dropped);
      expect(found).toEqual(sparseRowOf(b, left));
    },
  );
  fc.assert(property, RUNS);
});

/** The bytes of a picture as a sparse row. */
function sparseRowOf(b: TestBench, picture: Uint8Array): Uint8Array {
  const inputs = picture.length;
  const at = b.memory.allocate(roundUp(inputs, 16), 'a test');
  b.memory.bytes(at, inputs).set(picture);
  const run = b.room(3 * (inputs + 8));
  return b.memory.bytes(run, b.kernels.packPicture(at, inputs, 1, run) - run).slice();
}

/**
 * The sparse rows of examples made from pictures, in turn, each by its affine map. Checks their
 * labels.
 */
function augmentExamples(
  b: TestBench,
  pictures: readonly Uint8Array[],
  maps: readonly (readonly number[])[],
  { key, place, threshold }: { key: number; place: number; threshold: number },
  by?: { width: number; height: number; field: DisplacementField | undefined },
): Uint8Array[] {
  const inputs = pictures[0]!.length;
  const placed = (bytes: Uint8Array, more: number) => {
    const address = b.memory.allocate(bytes.length + more, 'a test');
    b.memory.bytes(address, bytes.length).set(bytes);
    return address;
  };
  const { length } = pictures;
  const all = placed(Uint8Array.from(pictures.flatMap((picture) => [...picture])), 16);
  const drawn = maps.flatMap((map, k) => [
    ...[k % length, ...map],
    ...new Array<number>(8 - map.length).fill(0),
  ]);
  const table = placed(new Uint8Array(Int32Array.from(drawn).buffer), 0);
  const labels = placed(
    Uint8Array.from(pictures, (_, k) => 7 + k),
    0,
  );
  const [width, height] = [by?.width ?? inputs, by?.height ?? 1];
  const [picture, room] = [inputs + 16, 3 * inputs + 80].map((bytes) => b.memory.allocate(bytes, 'a test'));
  const bytes = 12 * Math.ceil(inputs / 4);
  const [runs, made] = [b.room(2 * maps.length), b.room(maps.length)];
  b.kernels.augmentExamples({
    samples: table,
    count: maps.length,
    pictures: all,
    inputs,
    labels,
    width: by ? width : 0,
    height: by ? height : 0,
    field: by?.field ? placed(new Uint8Array(by.field.displacements.buffer), 8) : 0,
    size: by?.field?.size ?? 0,
    framed: b.memory.allocate(17 * (width + 4) * (height + 4) + 64, 'a test'),
    picture: picture!,
    key,
    place,
    threshold,
    scale: 1,
    room: room!,
    groups: b.memory.allocate(bytes * maps.length, 'a test'),
    bytes,
    sparseRows: runs,
    outLabels: made,
  });
  expect([...b.memory.bytes(made, maps.length)]).toEqual(maps.map((_, k) => 7 + (k % length)));
  const addresses = b.memory.integers(runs, 2 * maps.length);
  return maps.map((_, k) =>
    b.memory.bytes(addresses[2 * k]!, addresses[2 * k + 1]! - addresses[2 * k]!).slice(),
  );
}
