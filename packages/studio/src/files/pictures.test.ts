import type { Picture } from '@longhand/core/pictures';
import { expect, test } from 'vitest';
import { takePictures } from './pictures.js';

/** A picture all of whose pixels are alike, except the first. */
function picture(width: number, height: number, ground: number, first = ground): Picture {
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) data.set([ground, ground, ground, 255], 4 * i);
  data.set([first, first, first, 255]);
  return { width, height, channels: 4, data };
}

const take = (pictures: readonly Picture[]) =>
  takePictures(
    pictures.map((_, k) => `${k}.png`),
    (k) => Promise.resolve(pictures[k]!),
    () => undefined,
  );

test('small pictures of one size are taken as they are', async () => {
  const taken = await take([picture(3, 2, 0, 200), picture(3, 2, 10)]);
  expect(taken).toMatchObject({ width: 3, height: 2, how: '3 × 2 as they are' });
  expect([...taken.pixels]).toEqual([200, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10]);
});

test('dark ink on a light page becomes light ink on a dark page', async () => {
  const taken = await take([picture(2, 2, 255, 55)]);
  expect([...taken.pixels]).toEqual([200, 0, 0, 0]);
  expect(taken.how).toContain('dark ink made light');
});

test('what is transparent is the white page', async () => {
  const clear = { ...picture(2, 1, 0), data: new Uint8Array([0, 0, 0, 0, 0, 0, 0, 255]) };
  expect([...(await take([clear, picture(2, 1, 255)])).pixels]).toEqual([0, 255, 0, 0]);
});

test('a light drawing on nothing stays visible', async () => {
  const light = { ...picture(2, 1, 0), data: new Uint8Array([0, 0, 0, 0, 250, 250, 250, 255]) };
  expect([...(await take([light, light])).pixels]).toEqual([0, 250, 0, 250]);
});

test('pictures of several sizes, and large ones, are framed', async () => {
  const stroke = (side: number) => {
    const made = picture(side, side, 255);
    for (let y = 4; y < side - 4; y++)
      for (let x = 8; x < 12; x++) made.data.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    return made;
  };
  const taken = await take([stroke(30), stroke(40)]);
  expect(taken).toMatchObject({ width: 28, height: 28 });
  expect(taken.pixels).toHaveLength(2 * 784);
  expect(await take([stroke(100)])).toMatchObject({ width: 28, height: 28 });
});

test('a blank picture that has to be framed is named', async () => {
  await expect(take([picture(100, 100, 255)])).rejects.toThrow('0.png');
});
