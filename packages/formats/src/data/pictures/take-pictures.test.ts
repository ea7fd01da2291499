import { DataError } from '@longhand/core';
import type { Picture } from '@longhand/core/pictures';
import { describe, expect, test } from 'vitest';
import { takePictures } from './take-pictures.js';

const LARGE = 24_000_000;
const names = Array.from({ length: 90 }, (_, k) => `${k}.png`);
/** Too large to be taken as it is. */
const ones: Picture = {
  ...{ width: 80, height: 80, channels: 1 },
  data: Uint8Array.from({ length: 6400 }, (_, at) => (at % 80 > 35 && at % 80 < 45 ? 255 : 0)),
};

/** Opens pictures of which those that are no good say a size and are damaged. Counts how many were asked for. */
function opener(pixels: number, isGood: (k: number) => boolean) {
  const asked: number[] = [];
  const open = async (k: number, onSize: (pixels: number) => void): Promise<Picture> => {
    asked.push(k);
    onSize(pixels);
    if (isGood(k)) return ones;
    throw new DataError(`${k}.png: it is damaged`);
  };
  return { open, asked };
}

describe('pictures none of which can be read', () => {
  test('are given up when they were large, and the message says after how many', async () => {
    const { open, asked } = opener(LARGE, () => false);
    await expect(takePictures(names, open)).rejects.toThrow(
      /^none of the first 3 of 90 pictures can be read; the first: 0\.png: it is damaged$/,
    );
    expect(asked).toEqual([0, 1, 2]);
  });

  test('are all looked at when they are small', async () => {
    const { open, asked } = opener(100, () => false);
    await expect(takePictures(names, open)).rejects.toThrow(/^none of 90 pictures can be read; the first/);
    expect(new Set(asked).size).toBe(90);
  });
});

test('once a picture was read, all others are looked at, however large they are', async () => {
  const { open } = opener(LARGE, (k) => k === 1 || k === 80);
  const { kept, unread } = await takePictures(names, open);
  expect(kept).toEqual([1, 80]);
  expect(unread).toHaveLength(88);
});

test('if strict, a damaged picture at the end is found before any is unpacked', async () => {
  const { open, asked } = opener(LARGE, () => true);
  const check = async (k: number) => {
    if (k === 89) throw new DataError('89.png: it is damaged');
  };
  await expect(takePictures(names, open, { strict: true, check })).rejects.toThrow('89.png: it is damaged');
  expect(asked).toEqual([]);
  expect((await takePictures(names.slice(0, 3), open, { check })).kept).toEqual([0, 1, 2]);
});

test('when no training picture can be read, those for testing are not looked at', async () => {
  const { open, asked } = opener(100, (k) => k >= 20);
  await expect(takePictures(names, open, { trained: 20 })).rejects.toThrow(
    /^none of the 20 training pictures can be read; the first: 0\.png: it is damaged$/,
  );
  expect(new Set(asked).size).toBe(20);
});

test('pictures that a model cannot take are refused before they are framed', async () => {
  const { open, asked } = opener(LARGE, () => true);
  await expect(takePictures(names, open, { known: { width: 8, height: 8 } })).rejects.toThrow(
    /^0\.png: expected pictures of 8 × 8, as the model takes them: others become 28 × 28$/,
  );
  expect(asked).toEqual([0]);
});
