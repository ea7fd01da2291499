import { expect, test } from 'vitest';
import { memoryStore } from './memory-store.js';
import { itemOf, StoreError, sizeOf, storeErrorOf } from './store.js';

test('a store returns what it was given, oldest first, and each kind alone', async () => {
  const store = memoryStore();
  await store.put(itemOf('run', 'b', { loss: [2.3] }, 2));
  await store.put(itemOf('run', 'a', { loss: [0.5] }, 1));
  await store.put(itemOf('model', 'a', 'other', 3));
  expect((await store.all('run')).map(({ id, value }) => [id, value])).toEqual([
    ['a', { loss: [0.5] }],
    ['b', { loss: [2.3] }],
  ]);
});

test('a thing takes the place of the one with its kind and id', async () => {
  const store = memoryStore();
  await store.put(itemOf('progress', 'openings', { MNIST: 1 }, 1));
  await store.put(itemOf('progress', 'openings', { MNIST: 2 }, 2));
  expect((await store.all('progress')).map(({ value }) => value)).toEqual([{ MNIST: 2 }]);
  await store.remove('progress', 'openings');
  expect(await store.all('progress')).toEqual([]);
});

test('a thing is changed in its place, and made where there is none', async () => {
  const store = memoryStore();
  const add = () =>
    store.update<{ readonly MNIST: number }>('progress', 'openings', 1, (before) => ({
      MNIST: (before?.MNIST ?? 0) + 1,
    }));
  expect(await add()).toEqual({ MNIST: 1 });
  expect(await add()).toEqual({ MNIST: 2 });
  expect((await store.all('progress')).map(({ value }) => value)).toEqual([{ MNIST: 2 }]);
});

test('a full store refuses what has no room, and keeps the rest', async () => {
  const store = memoryStore(100);
  await store.put(itemOf('model', 'small', new Uint8Array(60), 1));
  await expect(store.put(itemOf('model', 'large', new Uint8Array(60), 2))).rejects.toThrow(/is full/);
  expect(await store.all('model')).toHaveLength(1);
  // In its own place there is room.
  await store.put(itemOf('model', 'small', new Uint8Array(90), 3));
});

test('the size counts the bytes of arrays, and about those of text and numbers', () => {
  expect(sizeOf(new Float32Array(1000))).toBe(4000);
  expect(sizeOf('abc')).toBe(6);
  expect(sizeOf([1, 2, 3])).toBe(24);
  expect(sizeOf({ ab: new Uint8Array(10), c: [undefined, null] })).toBe(6 + 10 + 16);
});

test('a browser’s error says whether the store is full or forbidden, in one line', () => {
  expect(storeErrorOf(new DOMException('', 'QuotaExceededError'))).toMatchObject({ reason: 'full' });
  const forbidden = storeErrorOf(new DOMException('', 'SecurityError'));
  expect(forbidden).toMatchObject({ reason: 'forbidden' });
  expect(forbidden.message).not.toContain('\n');
  expect(storeErrorOf(new StoreError('full'))).toMatchObject({ reason: 'full' });
});
