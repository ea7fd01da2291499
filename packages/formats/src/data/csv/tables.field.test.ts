import { describe, expect, test } from 'vitest';
import type { InputFile } from '../../source/input-file.js';
import { bytesOf, read, refusal, rows, told } from '../field.test.support.js';
import { readData } from '../read-data.js';

describe('tables', () => {
  const IRIS = '5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n6.4,3.2,Iris-versicolor\n';

  test.each<[string, string, string, readonly string[], RegExp]>([
    [
      'no header',
      'a.csv',
      IRIS,
      ['Iris-setosa', 'Iris-versicolor'],
      /no header.*\n.*"3" \(the only column of words\)/,
    ],
    [
      'semicolons and decimal commas',
      'a.csv',
      'a;b;kind\n1,5;2;x\n2,5;3;y\n',
      ['x', 'y'],
      /semicolons.*\n.*decimal commas/,
    ],
    ['tabs', 'a.tsv', 'a\tb\tlabel\n1.5\t2\tx\n2\t3\ty\n', ['x', 'y'], /tabs stand between/],
    [
      'counts in front',
      'a.csv',
      '3,2,ape,bee\n1.5,2,0\n3,4,1\n5,6,0\n',
      ['ape', 'bee'],
      /counts the rows and names the classes: ape, bee/,
    ],
    [
      'a count alone in front',
      'a.csv',
      '3\n1.5 2 0\n3 4 1\n5 6.5 0\n',
      ['0', '1'],
      /its first line, 3, counts the rows/,
    ],
    [
      'quoted names',
      'a.csv',
      '"a","b","label"\n"1","2.5","x, y"\n"3","4","z"\n',
      ['x, y', 'z'],
      /"label" \(by its name\)/,
    ],
    [
      'an outcome',
      'a.csv',
      'age,sex,score,outcome\n20,0,1.5,0\n30,1,2.5,1\n',
      ['0', '1'],
      /"outcome" \(by its name\)/,
    ],
    ['y is no label beside x', 'a.csv', 'x,y,group\n1.5,2,0\n3,4,1\n', ['0', '1'], /"group" \(by its name\)/],
    [
      'names of rows',
      'a.csv',
      ',a,label\n0,1.5,x\n1,2.5,y\n',
      ['x', 'y'],
      /numbers the rows and is left out/,
    ],
  ])('%s', async (_, name, text, classNames, note) => {
    const found = await read({ [name]: text });
    expect(found.training!.classNames).toEqual(classNames);
    expect(told(found)).toMatch(note);
  });

  test.each([
    ['utf-16le with a mark', Buffer.from('\ufefflabel,a\nä,1\nb,200\n', 'utf16le')],
    ['utf-16le without', Buffer.from('label,a\nä,1\nb,200\n', 'utf16le')],
    ['utf-16be', Buffer.from('\ufefflabel,a\nä,1\nb,200\n', 'utf16le').swap16()],
    ['latin1', Buffer.from('label,a\nä,1\nb,200\n', 'latin1')],
    ['utf-8 with a mark', Buffer.from('\ufefflabel,a\nä,1\nb,200\n')],
  ])('text in %s', async (_, bytes) => {
    const { training } = await read({ 'a.csv': new Uint8Array(bytes) });
    expect(rows(training).map(([label]) => label)).toEqual(['ä', 'b']);
  });

  test('one-hot labels behind 0 and 1 with spaces between (semeion)', async () => {
    const row = (i: number) => [
      ...Array.from({ length: 64 }, (_, k) => ((i * 7 + k * k) % 3 === 0 ? '1.0000' : '0.0000')),
      ...Array.from({ length: 10 }, (_, k) => (k === i % 10 ? 1 : 0)),
    ];
    const text = Array.from({ length: 40 }, (_, i) => `${row(i).join(' ')} \n`).join('');
    const found = await read({ 'semeion.data': text });
    const { training } = found;
    expect([training!.width, training!.height, training!.length]).toEqual([8, 8, 40]);
    expect(Array.from({ length: 12 }, (_, i) => training!.label(i))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1,
    ]);
    expect(training!.pixels(0)[0]).toBe(255);
    expect(training!.origin).toEqual({ valueRange: [0, 1] });
    expect(told(found)).toContain('the labels are the last 10 columns');
  });

  test('Kaggle’s header by rows and columns', async () => {
    const { training } = await read({
      'a.csv': 'label,1x1,1x2,1x3,2x1,2x2,2x3\n7,0,255,3,4,5,6\n1,9,8,7,6,5,4\n',
    });
    expect([training!.width, training!.height]).toEqual([3, 2]);
    expect(training!.classNames).toHaveLength(10);
    expect([...training!.pixels(0)]).toEqual([0, 255, 3, 4, 5, 6]);
  });

  test('digits of 0…16 (scikit-learn) and 0…1 are scaled, and a label found by its place is a warning', async () => {
    const pixels = (i: number, most: number) =>
      Array.from({ length: 64 }, (_, k) => ((i + k) % 17) / (16 / most));
    const text = (most: number) =>
      Array.from({ length: 30 }, (_, i) => [...pixels(i, most), i % 10].join(',')).join('\n');
    const found = await read({ 'digits.csv': text(16) });
    expect(found.training!.origin).toEqual({ valueRange: [0, 16] });
    expect(found.training!.pixels(0)[16]).toBe(255);
    expect(found.warnings!.join()).toContain('taken from the last column, "65"');
    const ones = await read({ 'digits.csv': text(1) });
    expect(ones.training!.origin).toEqual({ valueRange: [0, 1] });
    expect([...ones.training!.pixels(3)]).toEqual([...found.training!.pixels(3)]);
  });

  test('--label and --ignore choose columns; a column that numbers the rows is a warning', async () => {
    const text = `id,a,b\n${Array.from({ length: 12 }, (_, i) => `${i + 1},${(i % 5) * 1.5},${i % 3}`).join('\n')}`;
    const found = await read({ 'a.csv': text }, { label: 'b' });
    expect(found.label).toBe('b');
    expect(told(found)).toContain('"b" (as asked for)');
    expect(found.warnings!.join()).toContain('--ignore id');
    const without = await read({ 'a.csv': text }, { label: 'b', ignore: ['id'] });
    expect(without.training!.features!.map(({ name }) => name)).toEqual(['a']);
    expect(without.warnings).toEqual([]);
    expect(await refusal({ 'a.csv': text }, { label: 'c' })).toContain('no column "c"');
  });

  test.each([
    ['id', [4, 9, 11, 12, 30, 41, 42, 55, 61, 70, 71, 99], 'numbers the rows (whole numbers in order)'],
    [
      'PassengerId',
      [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99],
      'numbers the rows (whole numbers, all different)',
    ],
    [
      'row_index',
      [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99],
      'numbers the rows (whole numbers, all different)',
    ],
    ['id', [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 4], undefined],
    ['id', [4.5, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99], undefined],
    ['acid', [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99], undefined],
  ])('a column %s that may be a number of the row: %j', async (name, ids, warning) => {
    const text = `${name},a,label\n${ids.map((id, i) => `${id},${(i % 5) * 1.5},${i % 3}`).join('\n')}`;
    const { warnings = [] } = await read({ 'a.csv': text });
    if (warning === undefined) expect(warnings).toEqual([]);
    else
      expect(warnings.join()).toContain(
        `${warning}, which tells nothing about new ones: leave it out with --ignore ${name}`,
      );
  });

  test.each([
    [
      'nan',
      'label,a\nnan,1\n1,2\n',
      'line 2, column 1 (label): expected a label, an integer or a word, found nan',
    ],
    ['nothing', 'label,a\n,1\n1,2\n', 'found nothing'],
    ['an escape code', 'label,a\n\u001b[31mred,1\nb,2\n', 'which has control characters'],
    [
      'two columns of words',
      'name,city,a\nx,y,1\nz,w,2\n',
      'hold words: say which are the labels with --label',
    ],
    [
      'a missing value',
      'label,a,b\nx,1,2\ny,,3\n',
      'line 3, column 2 (a): expected a finite number, found nothing',
    ],
  ])('a label or value that is %s is refused', async (_, text, message) => {
    expect(await refusal({ 'a.csv': text })).toContain(message);
  });

  test('values that are no bytes are read twice, and never kept', async () => {
    let opened = 0;
    const text = bytesOf(`label,a,b\n${'x,1.5,2\ny,2.5,1e3\n'.repeat(3000)}`);
    const file: InputFile = {
      path: 'a.csv',
      size: text.length,
      async *open() {
        opened++;
        for (let at = 0; at < text.length; at += 1000) yield text.subarray(at, at + 1000);
      },
    };
    const { training } = await readData([file]);
    // Its kind, its encoding, its first lines, the ranges, the bytes.
    expect(opened).toBe(5);
    expect(rows(training).slice(0, 2)).toEqual([
      ['x', 0, 0],
      ['y', 255, 255],
    ]);
    expect(training!.pixels(0).buffer.byteLength).toBe(2 * 6000);
  });
});

describe('tables that may have labels or none', () => {
  const digits = (pixels: number, hasLabels: boolean) =>
    Array.from({ length: 12 }, (_, i) => {
      const row = Array.from({ length: pixels }, (__, k) => (i * 31 + k * 7) % 256);
      return (hasLabels ? [i % 3, ...row] : row).join(',');
    }).join('\n');

  test('numbers without a header have their label where training would take it, and that is said', async () => {
    for (const text of [digits(64, true), digits(784, true)]) {
      const found = await read({ 'digits.csv': text }, { unlabeled: true });
      const trained = await read({ 'digits.csv': text });
      expect(rows(found.training)).toEqual(rows(trained.training));
      expect(told(found)).toMatch(/taken from the first column, "1"/);
    }
  });

  test('a last pixel of few values is not taken for the label of ten classes in front', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const pixels = Array.from({ length: 64 }, (__, k) => (k === 63 ? [0, 5, 16][i % 3] : (i + k) % 17));
      return [i % 10, ...pixels].join(',');
    });
    const found = await read({ 'digits.csv': lines.join('\n') });
    expect(told(found)).toMatch(/taken from the first column, "1"/);
    expect(found.training!.classNames).toHaveLength(10);
  });

  test('pixels of a square picture have none, and neither have numbers that are no whole ones', async () => {
    for (const text of [digits(64, false), digits(784, false), '1.5,2.25\n3.5,4.75\n5.5,0.5\n']) {
      const { training, unlabeled } = await read({ 'digits.csv': text }, { unlabeled: true });
      expect(training).toBeUndefined();
      expect(unlabeled!.pixels.length / (unlabeled!.width * unlabeled!.height)).toBe(
        text.trim().split('\n').length,
      );
    }
  });

  test('a model takes one column more than its inputs for the label, and as many for none', async () => {
    const known = { width: 8, height: 8, classNames: ['0', '1', '2'] };
    const labeled = await read({ 'digits.csv': digits(64, true) }, { unlabeled: true, known });
    expect(rows(labeled.training).map(([label]) => label)).toEqual([...'012012012012']);
    const without = await read({ 'digits.csv': digits(64, false) }, { unlabeled: true, known });
    expect(without.training).toBeUndefined();
    expect(without.unlabeled!.pixels.length).toBe(12 * 64);
  });
});
