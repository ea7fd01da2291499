import { expect, test } from 'vitest';
import { bandsInView, cardAt, cardByKey, maxBands, rowsOf } from './virtual-rows.js';

const layout = { cards: 103, columns: 5, side: 10 };

test('the last row may be short', () => {
  expect(rowsOf(layout)).toBe(21);
  expect(rowsOf({ ...layout, cards: 100 })).toBe(20);
});

test('bands in view, and one more on either side', () => {
  expect(bandsInView(layout, 0, 100)).toEqual([0, 4]);
  expect(bandsInView(layout, 85, 40)).toEqual([1, 5]);
  expect(bandsInView(layout, 200, 100)).toEqual([4, 6]);
  expect(bandsInView({ ...layout, cards: 0 }, 0, 100)).toEqual([0, 0]);
  expect(bandsInView({ ...layout, cards: 3 }, 500, 100)).toEqual([1, 1]);
});

test('never more bands than canvases', () => {
  const large = { ...layout, cards: 1000 };
  for (let top = 0; top < 2000; top += 7) {
    const [from, to] = bandsInView(large, top, 100);
    expect(to - from).toBeLessThanOrEqual(maxBands(large, 100));
  }
});

test('the card under a point', () => {
  expect(cardAt(layout, 12, 25)).toBe(11);
  expect(cardAt(layout, 50, 0)).toBeUndefined();
  expect(cardAt(layout, 35, 205)).toBeUndefined();
  expect(cardAt(layout, -1, 5)).toBeUndefined();
});

test('keys walk and stop at the ends', () => {
  const walk = (card: number, key: string) => cardByKey(layout, card, key, 4);
  expect(walk(7, 'ArrowRight')).toBe(8);
  expect(walk(0, 'ArrowLeft')).toBe(0);
  expect(walk(102, 'ArrowRight')).toBe(102);
  expect(walk(7, 'ArrowUp')).toBe(2);
  expect(walk(2, 'ArrowUp')).toBe(2);
  expect(walk(7, 'PageDown')).toBe(22);
  expect(walk(7, 'PageUp')).toBe(0);
  expect(walk(100, 'PageDown')).toBe(102);
  expect(walk(7, 'Home')).toBe(0);
  expect(walk(7, 'End')).toBe(102);
  expect(walk(7, 'x')).toBeUndefined();
});
