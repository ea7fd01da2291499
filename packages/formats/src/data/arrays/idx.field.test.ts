import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { filesOf, idx, read, refusal, rows, told } from '../field.test.support.js';

describe('IDX', () => {
  const LABELS = idx('u1', [2], [3, 9]);

  test.each([
    ['i2', [0, 500, 1000, 250], [0, 128, 255, 64], [0, 1000]],
    ['i4', [0, 500, 1000, 250], [0, 128, 255, 64], [0, 1000]],
    ['f4', [0, 0.5, 1, 0.25], [0, 128, 255, 64], [0, 1]],
    ['f8', [-1, 0, 1, 0.5], [0, 128, 255, 191], [-1, 1]],
    ['u1', [0, 8, 16, 4], [0, 128, 255, 64], [0, 16]],
  ] as const)('numbers of type %s are scaled, said and recorded', async (type, values, pixels, range) => {
    const found = await read({ 'a-images': idx(type, [2, 1, 2], values), 'a-labels': LABELS });
    expect(rows(found.training).map(([, ...of]) => of)).toEqual([pixels.slice(0, 2), pixels.slice(2)]);
    expect(found.training!.origin).toEqual({ valueRange: range });
    expect(told(found)).toContain(`${range[0]}…${range[1]} are scaled to 0…255`.replace('-', '−'));
  });

  test('bytes stay as they are, and the record says nothing', async () => {
    const found = await read({ i: idx('u1', [2, 1, 2], [0, 200, 3, 4]), l: LABELS });
    expect(rows(found.training)).toEqual([
      ['3', 0, 200],
      ['9', 3, 4],
    ]);
    expect(found.training!.origin).toBeUndefined();
  });

  test('EMNIST is turned upright, and its labels 1…26 are letters', async () => {
    const found = await read({
      'emnist-letters-train-images-idx3-ubyte.gz': gzipSync(
        idx('u1', [2, 2, 3], [1, 2, 3, 4, 5, 200, 0, 0, 0, 0, 0, 9]),
      ),
      'emnist-letters-train-labels-idx1-ubyte.gz': gzipSync(idx('u1', [2], [1, 26])),
    });
    expect([found.training!.width, found.training!.height]).toEqual([2, 3]);
    expect(rows(found.training)).toEqual([
      ['A', 1, 4, 2, 5, 3, 200],
      ['Z', 0, 0, 0, 0, 0, 9],
    ]);
    expect(found.training!.classNames).toHaveLength(26);
    expect(found.training!.origin).toEqual({ transposed: true });
    expect(told(found)).toContain('turned upright');
  });

  test.each([
    ['emnist-byclass', 61, 'z', 62],
    ['emnist-balanced', 46, 't', 47],
    ['emnist-digits', 9, '9', 10],
    ['kmnist', 9, 'を', 10],
    ['k49', 48, 'ゝ', 49],
    ['notMNIST', 9, 'J', 10],
    ['fashion-mnist/raw/x', 9, 'Ankle boot', 10],
  ])('%s has the names of its classes', async (name, label, className, classes) => {
    const { training } = await read({
      [`${name}-train-images-idx3-ubyte`]: idx('u1', [2, 1, 1], [0, 255]),
      [`${name}-train-labels-idx1-ubyte`]: idx('u1', [2], [0, label]),
    });
    expect(training!.classNames[training!.label(1)]).toBe(className);
    expect(training!.classNames).toHaveLength(classes);
  });

  test('QMNIST: of 32-bit labels in 8 columns the first counts; train and test by their names', async () => {
    const qmnist = (part: string, digits: readonly number[]) => ({
      [`qmnist-${part}-images-idx3-ubyte`]: idx(
        'u1',
        [digits.length, 1, 1],
        digits.map(() => 255),
      ),
      [`qmnist-${part}-labels-idx2-int`]: idx(
        'i4',
        [digits.length, 8],
        digits.flatMap((digit) => [digit, 4, 2300, 7, 0, 1, 2, 90000]),
      ),
    });
    const found = await read({ ...qmnist('test', [7]), ...qmnist('train', [5, 0]) });
    expect(rows(found.training)).toEqual([
      ['5', 255],
      ['0', 255],
    ]);
    expect(rows(found.test)).toEqual([['7', 255]]);
    expect(told(found)).toContain('the first of 8 columns');
  });

  test('wrong counts, missing labels and a size that no file can have are one line', async () => {
    expect(await refusal({ i: idx('u1', [2, 1, 1], [1, 2]), l: idx('u1', [3], [1, 2, 3]) })).toBe(
      'l: 3 labels, but i has 2 pictures: do the files belong together?',
    );
    expect(await refusal({ i: idx('u1', [2, 1, 1], [1, 2]) })).toContain(
      'labels that belong to these pictures are missing',
    );
    const huge = idx('f8', [0x7fffffff, 0x7fffffff, 0x7fffffff], []);
    expect(await refusal({ i: huge, l: LABELS })).toContain('the file is cut short');
    expect(await refusal({ 'i.gz': gzipSync(huge), l: LABELS })).toContain('the file is damaged');
  });
});

describe('an IDX file alone', () => {
  const folder = {
    'd/train-images-idx3-ubyte.gz': gzipSync(idx('u1', [2, 1, 1], [1, 255])),
    'd/train-labels-idx1-ubyte.gz': gzipSync(idx('u1', [2], [3, 9])),
    'd/train-labels-idx1-ubyte': idx('u1', [2], [3, 9]),
    'd/t10k-images.idx3-ubyte': idx('u1', [1, 1, 1], [200]),
    'd/t10k-labels.idx1-ubyte': idx('u1', [1], [4]),
    'd/other-labels-idx1-ubyte': idx('u1', [2], [5, 5]),
  };
  const alone = (name: keyof typeof folder) =>
    read(
      { [name]: folder[name] },
      {
        beside: async (isWanted) =>
          filesOf(folder).filter(({ path }) => path !== name && isWanted(path.replace('d/', ''))),
      },
    );

  test('finds its labels, and of a training set the test set, in the same folder, and says so', async () => {
    const found = await alone('d/train-images-idx3-ubyte.gz');
    expect([rows(found.training), rows(found.test)]).toEqual([
      [
        ['3', 1],
        ['9', 255],
      ],
      [['4', 200]],
    ]);
    expect(found.notes[0]).toBe(
      'train-labels-idx1-ubyte, t10k-images.idx3-ubyte, t10k-labels.idx1-ubyte: taken from the same folder',
    );
    const test10k = await alone('d/t10k-labels.idx1-ubyte');
    expect([rows(test10k.training), test10k.test]).toEqual([[['4', 200]], undefined]);
  });

  test('that has none there is refused', async () => {
    await expect(alone('d/other-labels-idx1-ubyte')).rejects.toThrow(
      'pictures that belong to them are missing',
    );
  });
});
