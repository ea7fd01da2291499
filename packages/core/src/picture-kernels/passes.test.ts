import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as plainPages from '../data/pages/passes.js';
import { flattenOnBackground } from '../data/pictures/background.js';
import { type FramedDigit, frameDigit } from '../data/pictures/frame.js';
import * as box from '../data/pictures/passes/box.js';
import * as distance from '../data/pictures/passes/distance.js';
import * as extremes from '../data/pictures/passes/extremes.js';
import * as connected from '../data/pictures/passes/marks.js';
import * as masks from '../data/pictures/passes/masks.js';
import * as noise from '../data/pictures/passes/noise.js';
import * as planes from '../data/pictures/passes/planes.js';
import type { Grid, Picture } from '../data/pictures/picture.js';
import { areas, neighbors } from '../data/pictures/scale.js';
import { createRandom, type Random } from '../random.js';
import { usePictureKernels } from './index.js';
import { startPictureKernels } from './start.js';

const plain = {
  ...{ ...plainPages, ...box, ...distance, ...extremes, ...connected, ...masks, ...noise, ...planes },
};
const kernels = startPictureKernels()!;

const RUNS = { seed: 1, numRuns: 60 };
const size = fc.integer({ min: 1, max: 40 });
const radius = fc.integer({ min: 1, max: 45 });
const seed = fc.nat();

function gridOf(width: number, height: number, random: Random, most = 255): Grid {
  // Some values are equal, as in pictures.
  const data = Float32Array.from({ length: width * height }, () =>
    random.below(3) === 0 ? Math.floor(random.uniform() * 4) * (most / 4) : random.uniform() * most,
  );
  return { width, height, data };
}

function maskOf(width: number, height: number, random: Random, share = 0.4): Uint8Array {
  return Uint8Array.from({ length: width * height }, () => Number(random.uniform() < share));
}

/** Calls both with what is made of random numbers, twice the same. */
function same(call: (random: Random, width: number, height: number, reach: number) => [unknown, unknown]) {
  fc.assert(
    fc.property(size, size, radius, seed, (width, height, reach, start) => {
      const [plain, kernel] = call(createRandom(start, 'passes'), width, height, reach);
      expect(kernel).toStrictEqual(plain);
    }),
    RUNS,
  );
}

describe('the kernels give the same bits as the plain passes', () => {
  test('shrinking', () => {
    same((random, width, height, reach) => {
      const channels = random.below(2) === 0 ? 1 : 3;
      const data = Uint8Array.from({ length: width * height * channels }, () => random.below(256));
      const picture: Picture = { width, height, channels, data };
      const longest = Math.ceil(Math.max(width, height) / (1 + (reach % 5)));
      const side = Math.ceil(Math.max(width, height) / longest);
      return [flattenOnBackground(picture, longest).rgb, kernels.shrink(picture, side, [0, 0, 0])];
    });
  });

  test('planes, counts and scaling', () => {
    same((random, width, height, reach) => {
      const rgb = Uint8ClampedArray.from({ length: 3 * width * height }, () => random.below(256));
      const step = 1 + (reach % 4);
      const weights = [0.299, 0.587, 0.114] as const;
      return [plain.plane(rgb, step, weights), kernels.plane(rgb, step, weights)];
    });
    same((random, width, height) => {
      const { data } = gridOf(width, height, random, 300);
      return [plain.countSteps(data, 256), kernels.countSteps(data, 256)];
    });
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random);
      const taps = reach < width ? areas(width, reach) : neighbors(width, reach);
      return [plain.scaleRows(grid, taps), kernels.scaleRows(grid, taps)];
    });
  });

  test('extremes, means and smoothing', () => {
    for (const signs of [[1], [1, -1], [-1, 1]] as const) {
      same((random, width, height, reach) => {
        const grid = gridOf(width, height, random);
        return [plain.extremesAround(grid, reach, signs), kernels.extremesAround(grid, reach, signs)];
      });
    }
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random);
      return [plain.meanAround(grid, reach), kernels.meanAround(grid, reach)];
    });
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random);
      return [plain.smooth(grid, reach % 4), kernels.smooth(grid, reach % 4)];
    });
  });

  test('what is measured', () => {
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random);
      return [plain.laplacians(grid, 1 + (reach % 3)), kernels.laplacians(grid, 1 + (reach % 3))];
    });
    same((random, width, height) => {
      const [a, b] = [gridOf(width, height, random).data, gridOf(width, height, random).data];
      return [plain.moments(a, b), kernels.moments(a, b)];
    });
    same((random, width, height) => {
      const [{ data }, mask] = [gridOf(width, height, random), maskOf(width, height, random)];
      return [plain.meanWhere(data, mask), kernels.meanWhere(data, mask)];
    });
    same((random, width, height) => {
      const { data } = gridOf(width, height, random);
      return [plain.meanFrom(data, 127.5), kernels.meanFrom(data, 127.5)];
    });
    same((random, width, height) => {
      const mask = maskOf(width, height, random);
      return [plain.outlineOf(mask, width, height), kernels.outlineOf(mask, width, height)];
    });
    same((random, width, height) => {
      const mask = maskOf(width, height, random);
      return [
        plain.countLines(mask, height, width, width, 1),
        kernels.countLines(mask, height, width, width, 1),
      ];
    });
    same((random, width, height) => {
      const ink = { width, height, data: Float32Array.from(maskOf(width, height, random, 0.02)) };
      return [plain.boxOfInk(ink), kernels.boxOfInk(ink)];
    });
  });

  test('contrast, thresholds and masks', () => {
    same((random, width, height) => {
      const [a, b] = [gridOf(width, height, random).data, gridOf(width, height, random).data];
      return [plain.contrastWith(a, b, 60), kernels.contrastWith(a, b, 60)];
    });
    same((random, width, height) => {
      const { data } = gridOf(width, height, random);
      return [plain.valuesAbove(data, 63.75), kernels.valuesAbove(data, 63.75)];
    });
    same((random, width, height) => {
      const { data } = gridOf(width, height, random);
      return [plain.maskAbove(data, 63.75), kernels.maskAbove(data, 63.75)];
    });
    same((random, width, height) => {
      const [{ data }, near] = [gridOf(width, height, random, 1), maskOf(width, height, random)];
      const floats = Float32Array.from(near);
      return [plain.ramp(data, floats, 0.2, 0.7), kernels.ramp(data, floats, 0.2, 0.7)];
    });
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random, 1);
      const again = { ...grid, data: grid.data.slice() };
      const kept = maskOf(width, height, random, 0.1);
      plain.erase(grid, 0.6, kept, 1 + (reach % 4));
      kernels.erase(again, 0.6, kept, 1 + (reach % 4));
      return [grid.data, again.data];
    });
  });

  test('marks, distances and strokes drawn again', () => {
    for (const share of [0.05, 0.4, 0.9]) {
      same((random, width, height) => {
        const mask = maskOf(width, height, random, share);
        return [plain.findMarks(mask, width, height), kernels.findMarks(mask, width, height)];
      });
      same((random, width, height) => {
        const mask = maskOf(width, height, random, share);
        const { markOf, marks } = plain.findMarks(mask, width, height);
        const isKept = Uint8Array.from([0, ...marks.map(() => random.below(2))]);
        return [plain.maskOfMarks(markOf, isKept), kernels.maskOfMarks(markOf, isKept)];
      });
      for (const set of [0, 1] as const) {
        same((random, width, height) => {
          const mask = maskOf(width, height, random, share);
          return [
            plain.squaredDistances(mask, width, height, set),
            kernels.squaredDistances(mask, width, height, set),
          ];
        });
      }
    }
    same((random, width, height) => {
      const mask = maskOf(width, height, random);
      const [ink, paper] = ([1, 0] as const).map(
        (set) => plain.squaredDistances(mask, width, height, set).data,
      );
      return [plain.redraw(ink!, paper!, 0.7), kernels.redraw(ink!, paper!, 0.7)];
    });
  });

  test('what pages add', () => {
    same((random, width, height) => {
      const [a, b] = [gridOf(width, height, random).data, gridOf(width, height, random).data];
      return [plain.differenceOf(a, b), kernels.differenceOf(a, b)];
    });
    same((random, width, height) => {
      const [a, b] = [gridOf(width, height, random).data, gridOf(width, height, random).data];
      const difference = plain.differenceOf(a, b);
      return [plain.relativeTo(difference, a, b, 60), kernels.relativeTo(difference, a, b, 60)];
    });
    same((random, width, height) => {
      const [grid, mask] = [gridOf(width, height, random), maskOf(width, height, random, 0.1)];
      return [plain.besideMask(grid, mask), kernels.besideMask(grid, mask)];
    });
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random);
      const darkest = plain.extremesAround(grid, reach, [1]).data;
      return [plain.sharesOf(grid.data, darkest, 0.1), kernels.sharesOf(grid.data, darkest, 0.1)];
    });
    same((random, width, height) => {
      const ink = { width, height, data: Float32Array.from(maskOf(width, height, random, 0.6)) };
      const { markOf } = plain.findMarks(maskOf(width, height, random, 0.2), width, height);
      return [plain.edgesOf(ink, markOf), kernels.edgesOf(ink, markOf)];
    });
    same((random, width, height, reach) => {
      const mask = maskOf(width, height, random);
      const [across, down] = [
        { mask, length: width, step: 1, count: height, next: width },
        { mask, length: height, step: width, count: width, next: 1 },
      ];
      const columns = reach % 2 === 0 ? across : down;
      return [plain.thinRuns(columns, 2.5), kernels.thinRuns(columns, 2.5)];
    });
  });

  test('whole pictures are framed with the same bits', () => {
    const random = createRandom(3, 'frames');
    const pictures = Array.from({ length: 8 }, (_, k) => drawn(random, k));
    const framed = () => pictures.map((picture) => bytesOf(frameDigit(picture, 'a picture')));
    const before = framed();
    expect(usePictureKernels()).toBe(true);
    expect(framed().every((bytes, k) => bytes.equals(before[k]!))).toBe(true);
  });
});

/** All numbers of a framed digit. */
function bytesOf({ contrast, ink, cropped, scaled, pixels, even }: FramedDigit): Buffer {
  const grids = [contrast, ink, cropped, scaled].map(({ data }) => data);
  return Buffer.concat([...grids, pixels, even!].map((part) => Buffer.from(part.buffer)));
}

/** A crooked stroke on shaded, grainy paper. */
function drawn(random: Random, k: number): Picture {
  const [width, height] = [120 + 90 * k, 300 + 40 * k];
  const channels = k % 2 === 0 ? 3 : 1;
  const data = new Uint8Array(width * height * channels);
  const grain = 2 * (k % 4);
  for (let y = 0; y < height; y++) {
    const middle = width * (0.5 + 0.15 * Math.sin(y / 37 + k));
    const isInk = y > 0.2 * height && y < 0.8 * height;
    for (let x = 0; x < width; x++) {
      const paper = 200 - (50 * x) / width + grain * (random.uniform() - 0.5);
      const value = isInk && Math.abs(x - middle) < 0.04 * width ? 0.4 * paper : paper;
      for (let c = 0; c < channels; c++) data[(y * width + x) * channels + c] = value - 5 * c;
    }
  }
  return { width, height, channels, data };
}
