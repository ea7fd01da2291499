import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { npy, packed, read, refusal, rows } from '../field.test.support.js';

describe('npz', () => {
  const X = packed('u1', [0, 200, 3, 4, 5, 6, 7, 255]);
  const y = Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0);

  test('Keras has a training and a test set in one file', async () => {
    const found = await read({
      'mnist.npz': zipSync({
        'x_train.npy': npy('|u1', '(2, 2, 2)', X),
        'y_train.npy': npy('<i4', '(2,)', y),
        'x_test.npy': [npy('|u1', '(1, 2, 2)', X.slice(0, 4)), { level: 0 }],
        'y_test.npy': npy('<i4', '(1,)', y.slice(4)),
      }),
    });
    expect(rows(found.training)).toEqual([
      ['1', 0, 200, 3, 4],
      ['2', 5, 6, 7, 255],
    ]);
    expect(rows(found.test)).toEqual([['2', 0, 200, 3, 4]]);
    expect(found).toMatchObject({ kind: 'npz', label: 'y_train' });
  });

  test('arrays in Fortran’s order, of big-endian floats, of words', async () => {
    const floats = packed('f4', [0, 0.2, 0.4, 1]);
    const words = packed(
      'i4',
      ['b', 'a'].map((letter) => letter.charCodeAt(0)),
    );
    const found = await read({
      'x.npz': zipSync({
        'X.npy': npy('>f4', '(2, 1, 2)', floats, true),
        'y.npy': npy('>U1', '(2,)', words),
      }),
    });
    expect(rows(found.training)).toEqual([
      ['b', 0, 102],
      ['a', 51, 255],
    ]);
  });

  test('a folder of npy files, and a zip of a folder, are the same', async () => {
    const files = { 'd/X.npy': npy('|u1', '(2, 2, 2)', X), 'd/y.npy': npy('<i4', '(2,)', y) };
    const direct = await read(files);
    expect(rows((await read({ 'a.zip': zipSync(files) })).training)).toEqual(rows(direct.training));
  });

  test('Kuzushiji-49 has an array without a name in each of four files', async () => {
    const file = (shape: string, body: Uint8Array) => zipSync({ 'arr_0.npy': npy('|u1', shape, body) });
    const { training, test: held } = await read({
      'k49/k49-train-imgs.npz': file('(2, 2, 2)', X),
      'k49/k49-train-labels.npz': file('(2,)', Uint8Array.of(48, 0)),
      'k49/k49-test-imgs.npz': file('(1, 2, 2)', X.slice(0, 4)),
      'k49/k49-test-labels.npz': file('(1,)', Uint8Array.of(1)),
    });
    expect(training!.classNames).toHaveLength(49);
    expect([rows(training), rows(held)]).toEqual([
      [
        ['ゝ', 0, 200, 3, 4],
        ['あ', 5, 6, 7, 255],
      ],
      [['い', 0, 200, 3, 4]],
    ]);
  });

  test('a header that claims more than there is, and objects, are refused', async () => {
    const claims = { 'X.npy': npy('<f8', '(4000000000, 28, 28)', X), 'y.npy': npy('<i4', '(2,)', y) };
    expect(await refusal({ 'a.npz': zipSync(claims) })).toContain('cut short');
    expect(await refusal({ 'n.npz': zipSync({ 'X.npy2': X, 'Y.npy.txt': X }) })).toContain('n.npz');
    expect(await refusal({ 'o.npy': npy('|O', '(2,)', X) })).toContain("Python's objects");
  });
});
