import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as plainPages from '../data/pages/passes.js';
import { flattenOnBackground, type OpaquePicture } from '../data/pictures/background.js';
import { CLOSING, OPENING } from '../data/pictures/extremes.js';
import { type FramedDigit, frameDigit } from '../data/pictures/frame.js';
import type { Mark } from '../data/pictures/mark.js';
import * as box from '../data/pictures/passes/box.js';
import * as contrast from '../data/pictures/passes/contrast.js';
import * as distance from '../data/pictures/passes/distance.js';
import * as extremes from '../data/pictures/passes/extremes.js';
import * as connected from '../data/pictures/passes/marks.js';
import * as masks from '../data/pictures/passes/masks.js';
import * as planes from '../data/pictures/passes/planes.js';
import * as thresholds from '../data/pictures/passes/threshold.js';
import type { Grid, Picture } from '../data/pictures/picture.js';
import { createRandom, type Random } from '../random.js';
import { usePictureKernels } from './index.js';
import { startPictureKernels } from './start.js';

const plain = {
  ...{ ...plainPages, ...box, ...contrast, ...distance, ...extremes, ...connected, ...masks, ...planes },
  ...thresholds,
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

/** With as much grain as is smoothed never, once or several times. */
function grainy(width: number, height: number, random: Random): Grid {
  const { data } = gridOf(width, height, random, [1, 6, 20, 255][random.below(4)]);
  return { width, height, data: data.map((value) => value + 100) };
}

function sheetOf(width: number, height: number, random: Random): OpaquePicture {
  const rgb = Uint8ClampedArray.from({ length: 3 * width * height }, () => random.below(256));
  return { width, height, rgb };
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
      const sheet = sheetOf(width, height, random);
      const weights = [0.299, 0.587, 0.114] as const;
      return [plain.plane(sheet, weights, reach), kernels.plane(sheet, weights, reach)];
    });
    same((random, width, height, reach) => {
      const { rgb } = sheetOf(width, height, random);
      const planes = [
        [0.299, 0.587, 0.114],
        [0, 1, 0],
        [2, 2, -1],
      ] as const;
      const step = 1 + (reach % 4);
      return [plain.countColors(rgb, step, planes), kernels.countColors(rgb, step, planes)];
    });
    same((random, width, height, reach) => {
      const grid = gridOf(width, height, random);
      return [plain.scaleToSide(grid, reach), kernels.scaleToSide(grid, reach)];
    });
  });

  test('planes of many bands', () => {
    const random = createRandom(5, 'bands');
    const sheet = sheetOf(400, 300, random);
    const weights = [0.299, 0.587, 0.114] as const;
    for (const side of [400, 77]) {
      expect(kernels.plane(sheet, weights, side)).toStrictEqual(plain.plane(sheet, weights, side));
    }
    for (const step of [1, 7, 100_000]) {
      const counted = kernels.countColors(sheet.rgb, step, [weights]);
      expect(counted).toStrictEqual(plain.countColors(sheet.rgb, step, [weights]));
    }
  });

  test('extremes, contrast and what is measured', () => {
    for (const signs of [[1], [1, -1], [-1, 1]] as const) {
      same((random, width, height, reach) => {
        const grid = gridOf(width, height, random);
        return [plain.extremesAround(grid, reach, signs), kernels.extremesAround(grid, reach, signs)];
      });
    }
    same((random, width, height, radius) => {
      const grid = grainy(width, height, random);
      const steps = [[CLOSING, OPENING], radius] as const;
      return [plain.paperContrast(grid, ...steps), kernels.paperContrast(grid, ...steps)];
    });
    same((random, width, height) => {
      const grid = gridOf(width, height, random);
      return [plain.skewness(grid), kernels.skewness(grid)];
    });
    same((random, width, height) => {
      const [{ data }, mask] = [gridOf(width, height, random), maskOf(width, height, random)];
      return [plain.meanWhere(data, mask), kernels.meanWhere(data, mask)];
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

  test('the grain of a large picture, of which not every pixel is looked at', () => {
    const grid = gridOf(311, 257, createRandom(6, 'grain'));
    const steps = [[CLOSING], 9] as const;
    const [contrasts, grain, left] = kernels.paperContrast(grid, ...steps);
    expect(grain).toBeGreaterThan(1);
    expect(left).toBeLessThan(grain);
    expect([contrasts, grain, left]).toStrictEqual(plain.paperContrast(grid, ...steps));
  });

  test('thresholds and masks', () => {
    for (const floor of [0.1, 0.9, 1]) {
      same((random, width, height) => {
        const { data } = gridOf(width, height, random, 1);
        return [plain.inkThreshold(data, floor, 3), kernels.inkThreshold(data, floor, 3)];
      });
    }
    same((random, width, height) => {
      const { data } = gridOf(width, height, random);
      return [plain.maskAbove(data, 63.75), kernels.maskAbove(data, 63.75)];
    });
    same((random, width, height, reach) => {
      const [grid, mask] = [gridOf(width, height, random, 1), maskOf(width, height, random, 0.1)];
      return [
        plain.softInk(grid, mask, reach % 3, 0.2, 0.7),
        kernels.softInk(grid, mask, reach % 3, 0.2, 0.7),
      ];
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

  test('marks, and strokes that are made wider', () => {
    for (const share of [0.05, 0.4, 0.9]) {
      same((random, width, height) => {
        const mask = maskOf(width, height, random, share);
        return [plain.findMarks(mask, width, height), kernels.findMarks(mask, width, height)];
      });
      same((random, width, height, reach) => {
        const mask = maskOf(width, height, random, share);
        const choose = (all: readonly Mark[]) => all.filter(({ area }) => area % 3 === reach % 3);
        return [
          plain.chooseFrom(mask, width, height, choose),
          kernels.chooseFrom(mask, width, height, choose),
        ];
      });
      for (const by of [-0.6, 0.7, 3]) {
        same((random, width, height) => {
          const mask = maskOf(width, height, random, share);
          return [plain.widened(mask, width, height, by), kernels.widened(mask, width, height, by)];
        });
      }
    }
  });

  test('what pages add', () => {
    for (const signs of [CLOSING, OPENING]) {
      same((random, width, height, radius) => {
        const grid = grainy(width, height, random);
        return [plain.inkMask(grid, signs, radius), kernels.inkMask(grid, signs, radius)];
      });
    }
    same((random, width, height, reach) => {
      const [grid, mask] = [gridOf(width, height, random), maskOf(width, height, random, 0.1)];
      return [plain.darkness(grid, mask, reach), kernels.darkness(grid, mask, reach)];
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

  test('results stay as they are when the next pass is done', () => {
    const [a, b] = [7, 8].map((start) => gridOf(60, 50, createRandom(start, 'results')));
    const steps = [[CLOSING, OPENING], 9] as const;
    const first = kernels.paperContrast(a!, ...steps);
    kernels.paperContrast(b!, ...steps);
    expect(first).toStrictEqual(plain.paperContrast(a!, ...steps));
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
