import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../errors.js';
import type { Dataset } from '../dataset.js';
import type { KnownData } from './known-data.js';
import { readCsv } from './read-csv.js';

const HEADER = 'label,pixel0,pixel1,pixel2,pixel3';

/** The text's bytes, cut where told. */
async function* bytesOf(text: string, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const to of places) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

const read = (text: string, cuts?: readonly number[], known?: KnownData) =>
  readCsv(bytesOf(text, cuts), 'train.csv', known);

const rowsOf = (dataset: Dataset) =>
  Array.from({ length: dataset.length }, (_, i) => [dataset.label(i), ...dataset.pixels(i)]);

const byte = fc.integer({ min: 0, max: 255 });
const row = fc.tuple(fc.integer({ min: 0, max: 9 }), byte, byte, byte, byte);

describe('readCsv', () => {
  test('any rows come back, wherever the chunks are cut, however the lines end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        async (rows, cuts, end, ended, marked) => {
          const text = `${marked ? '\ufeff' : ''}${[HEADER, ...rows].join(end)}${ended ? end : ''}`;
          expect(rowsOf(await read(text, cuts))).toEqual(rows);
        },
      ),
    );
  });

  test('more rows than there is room for at first', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i % 10, i % 256, (7 * i) % 256, 0, 255]);
    expect(rowsOf(await read([HEADER, ...rows].join('\n'), [999, 5000, 30_001]))).toEqual(rows);
  });

  test('the size of the picture comes from the number of pixels, the classes are the ten digits', async () => {
    const { width, height, classNames } = await read(`${HEADER}\n1,2,3,4,5`);
    expect([width, height, classNames.length]).toEqual([2, 2, 10]);
  });

  test('lines without anything are passed over, and counted', async () => {
    expect(rowsOf(await read(`${HEADER}\n\n1,2,3,4,5\r\n\r\n`))).toEqual([[1, 2, 3, 4, 5]]);
    await expect(read(`${HEADER}\r\n\r\n1,2,3,4,x`)).rejects.toThrow('line 3, column 5');
  });

  test.each<[string, string, string]>([
    [
      'an empty file',
      '',
      'the file is empty: expected a header that names the columns, such as label,pixel0',
    ],
    ['a header alone', HEADER, 'a header but no rows'],
    ['a header alone, ended', `${HEADER}\n`, 'a header but no rows'],
    [
      'a missing column',
      `${HEADER}\n1,2,3,4,5\n1,2,3,4\n`,
      'line 3, column 5 (pixel3): missing: expected 5 columns, found 4',
    ],
    [
      'a last line cut short',
      `${HEADER}\n1,2,3`,
      'line 2, column 4 (pixel2): missing: expected 5 columns, found 3',
    ],
    [
      'a column too many',
      `${HEADER}\n1,2,3,4,5,6\n`,
      'line 2, column 6: expected 5 columns, as in the header, found more',
    ],
    [
      'a comma too many',
      `${HEADER}\n1,2,3,4,5,\n`,
      'line 2, column 6: expected 5 columns, as in the header, found more',
    ],
    [
      'a value over 255',
      `${HEADER}\n1,2,256,4,5`,
      'line 2, column 3 (pixel1): expected a whole number from 0 to 255, found "256"',
    ],
    [
      'a long value',
      `${HEADER}\n1,2,0030000,4,5`,
      'column 3 (pixel1): expected a whole number from 0 to 255, found "0030000"',
    ],
    [
      'a word',
      `${HEADER}\n1,2,three,4,5`,
      'line 2, column 3 (pixel1): expected a whole number from 0 to 255, found "three"',
    ],
    ['a number with letters', `${HEADER}\n1,2,3x,4,5`, 'found "3x"'],
    ['a decimal', `${HEADER}\n1,2,3.0,4,5`, 'found "3.0"'],
    [
      'a negative number',
      `${HEADER}\n1,-2,3,4,5`,
      'column 2 (pixel0): expected a whole number from 0 to 255, found "-2"',
    ],
    [
      'a cell without anything',
      `${HEADER}\n1,2,,4,5`,
      'column 3 (pixel1): expected a whole number from 0 to 255, found nothing',
    ],
    [
      'a label without anything',
      `${HEADER}\n,2,3,4,5`,
      'column 1 (label): expected a label, an integer or a word, found nothing',
    ],
    [
      'a label that is no integer',
      `${HEADER}\n1,2,3,4,5\n1.5,2,3,4,5`,
      'line 3, column 1 (label): expected a label, an integer or a word, found "1.5"',
    ],
    ['a quote that is never closed', `${HEADER}\n"one,2,3,4,5\n`, 'the quote is never closed'],
    [
      'a quote that swallows the file',
      `${HEADER}\n"${'one,2\n'.repeat(200)}`,
      'more than 1000 bytes: is its quote',
    ],
    ['a control character', `${HEADER}\n1,2,\u0000\u0007,4,5`, String.raw`found "\u0000\u0007"`],
    ['a very long cell', `${HEADER}\n1,2,${'z'.repeat(100)},4,5`, `found "${'z'.repeat(20)}…"`],
    ['no header', '1,2,3,4,5\n', 'line 1, column 1: expected a header that names the columns'],
    ['rows without labels', 'pixel0,pixel1\n1,2\n', 'these rows have no labels'],
    ['one column', 'label\n1\n', 'line 1, column 1: expected columns separated by commas, found one alone'],
    ['semicolons', 'label;a;b\n1;2;3\n', 'found one alone: are they separated by ";"?'],
    ['a column without a name', ',a,label\n0,1,2\n', 'line 1, column 1: it has no name: is it a row number?'],
    ['two columns of one name', 'a,b,a\n0,1,2\n', 'line 1, column 3: a second column with the name "a"'],
    [
      'labels taken from the wrong column',
      'length,kind\n5.1,a\n',
      'line 2, column 1 (length): expected a label, an integer or a word, found "5.1": name the column of labels label',
    ],
    [
      'a word among numbers, where no column is called label',
      'length,kind\n5,setosa\n',
      'line 2, column 2 (kind): expected a finite number, found "setosa": the labels are taken from "length"; name the',
    ],
    [
      'a missing value',
      'label,a,b\n1,2.5,3\n1,,3\n',
      'line 3, column 2 (a): expected a finite number, found nothing',
    ],
    [
      'a value that is said to be missing',
      'label,a,b\n1,NaN,3\n',
      '(a): expected a finite number, found "NaN"',
    ],
    ['an infinite value', 'label,a,b\n1,1e999,3\n', '(a): expected a finite number, found "1e999"'],
    [
      'more than 256 classes',
      ['label,a', ...Array.from({ length: 257 }, (_, i) => `${i},0.5`)].join('\n'),
      'line 258, column 1 (label): expected at most 256 different labels',
    ],
    [
      'a column of pixels that is missing',
      'label,pixel0,pixel1,pixel3,pixel4\n1,2,3,4,5\n',
      'line 1, column 4: expected pixel2, found pixel3: is a column missing?',
    ],
    [
      'the last column of pixels missing',
      'label,pixel0,pixel1,pixel2\n1,2,3,4\n',
      'line 1, column 4: 3 columns of pixels: expected as many as a square picture has',
    ],
    [
      'a digit above 9',
      `label,${Array.from({ length: 784 }, (_, i) => `pixel${i}`)}\n10,${Array(784).fill(0)}\n`,
      'line 2, column 1 (label): expected a digit from 0 to 9',
    ],
    ['one endless line', 'z'.repeat(3 << 20), 'found a line of more than 1048576 bytes'],
  ])('%s is one line that names the place', async (_, text, message) => {
    for (const cuts of [[], Array.from({ length: Math.min(text.length, 200) }, (__, i) => i)]) {
      const error: Error = await read(text, cuts).then(
        () => expect.unreachable('the file was read'),
        (reason) => reason,
      );
      expect(error).toBeInstanceOf(DataError);
      expect(error.message).toContain(`train.csv: ${message.startsWith('line') ? message : ''}`);
      expect(error.message).toContain(message);
      expect(error.message).not.toContain('\n');
    }
  });

  test('an error of the source comes through as it is', async () => {
    async function* broken() {
      yield new TextEncoder().encode(HEADER);
      throw new Error('the disk is gone');
    }
    await expect(readCsv(broken(), 'train.csv')).rejects.toThrow('the disk is gone');
  });
});

describe('readCsv, a table', () => {
  const TABLE = ['length,class,width', '1.5,dog,-2', '2,cat,6', '1.75,dog,0'].join('\n');

  test('columns become bytes from their least to their largest value, in a row; classes are the words in order', async () => {
    const table = await read(TABLE);
    expect([table.width, table.height, table.classNames]).toEqual([2, 1, ['cat', 'dog']]);
    expect(table.features).toEqual([
      { name: 'length', min: 1.5, max: 2 },
      { name: 'width', min: -2, max: 6 },
    ]);
    expect(rowsOf(table)).toEqual([
      [1, 0, 0],
      [0, 255, 255],
      [1, 128, 64],
    ]);
  });

  test('a value within the range is never further than half a step from what it becomes', async () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 2, maxLength: 30 }), async (values) => {
        const table = await read(['label,x,y', ...values.map((x) => `1,${x},0.5`)].join('\n'));
        const { min, max } = table.features![0]!;
        for (const [i, value] of values.entries()) {
          const back = min + (table.pixels(i)[0]! / 255) * (max - min);
          expect(Math.abs(back - value)).toBeLessThanOrEqual((max - min) / 510 + 1e-9);
        }
      }),
    );
  });

  test('is read again with the ranges, columns and classes that it is to have', async () => {
    const known = await read(TABLE);
    const again = await read('width,length,class\n2,1.6,cat\n99,0,cat\n', [], known);
    expect(again.classNames).toEqual(['cat', 'dog']);
    expect(again.features).toEqual(known.features);
    // 1.6 of 1.5 to 2, 2 of −2 to 6; what lies outside becomes the nearer end.
    expect(rowsOf(again)).toEqual([
      [0, 51, 128],
      [0, 0, 255],
    ]);
  });

  test.each<[string, string, string]>([
    [
      'a class that was not there',
      'length,class,width\n1,cow,2\n',
      'a label that was trained on (cat, dog), found "cow"',
    ],
    [
      'a column missing',
      'length,class\n1,dog\n',
      'line 1: the column "width" is missing, which was trained on',
    ],
    ['a column more', 'length,class,width,age\n1,dog,1,1\n', 'line 1, column 4: "age" was not trained on'],
  ])('with %s it is refused', async (_, text, message) => {
    await expect(read(text, [], await read(TABLE))).rejects.toThrow(message);
  });

  test('pictures are read again as they were: bytes, as many as before', async () => {
    const known = await read(`${HEADER}\n1,2,3,4,5`);
    expect(rowsOf(await read('label,a,b,c,d\n9,1,2,3,4\n', [], known))).toEqual([[9, 1, 2, 3, 4]]);
    await expect(read('label,a,b,c,d\n9,1,2,3,0.5\n', [], known)).rejects.toThrow(
      'line 2, column 5 (d): expected a whole number from 0 to 255, found "0.5"',
    );
    await expect(read('label,a,b\n9,1,2\n', [], known)).rejects.toThrow(
      'line 1: 2 columns beside the label (label), but 4 were trained on',
    );
  });

  test('integers may stand for the names of classes, by their place', async () => {
    const known = await read(TABLE);
    expect(rowsOf(await read('class,length,width\n1,2,6\n', [], known))).toEqual([[1, 255, 255]]);
  });

  test('bytes stay as they are: a picture where columns are numbered and make a square, a row where not', async () => {
    const square = await read('px1,px2,label,px3,px4\n9,8,x,7,255\n1,2,y,3,4\n');
    expect([square.width, square.height, square.features]).toEqual([2, 2, undefined]);
    expect(rowsOf(square)).toEqual([
      [0, 9, 8, 7, 255],
      [1, 1, 2, 3, 4],
    ]);
    const row = await read('label,a,b\nx,9,0\ny,1,2\n');
    expect([row.width, row.height, row.features]).toEqual([
      2,
      1,
      [
        { name: 'a', min: 0, max: 255 },
        { name: 'b', min: 0, max: 255 },
      ],
    ]);
    expect(rowsOf(row)).toEqual([
      [0, 9, 0],
      [1, 1, 2],
    ]);
  });

  test('a number that is no byte after many that are, with more rows than there was room for', async () => {
    const values = Array.from({ length: 3000 }, (_, i) => (i === 2500 ? 510 : i % 256));
    const table = await read(['label,x,y', ...values.map((x) => `1,${x},1`)].join('\n'));
    expect(table.features![0]).toEqual({ name: 'x', min: 0, max: 510 });
    expect(rowsOf(table)).toEqual(values.map((x) => [0, Math.round(x / 2), 0]));
  });

  test('a constant column says nothing, and is 0', async () => {
    expect(rowsOf(await read('label,x,y\n1,2.5,0\n2,2.5,0.5\n'))).toEqual([
      [0, 0, 0],
      [1, 0, 255],
    ]);
  });

  test.each([
    ['label,y,x', 'label'],
    ['y,x,Class', 'Class'],
    ['x,Y', 'Y'],
    ['kind,x', 'kind'],
  ])('of the columns %s the labels are in %s', async (header, expected) => {
    const row = header.split(',').map((title) => (title === expected ? 'word' : '0.5'));
    expect((await read(`${header}\n${row}\n`)).classNames).toEqual(['word']);
  });

  test('integers are classes in their order, however they are written', async () => {
    const table = await read('label,x\n10,0.5\n9.0,1\n-1,1\n09,1\n');
    expect(table.classNames).toEqual(['-1', '9', '10']);
    expect(rowsOf(table).map(([label]) => label)).toEqual([2, 1, 0, 1]);
  });

  test('of pictures of digits the classes are ten at least, of more as many as the highest needs', async () => {
    expect((await read(`${HEADER}\n12,2,3,4,5`)).classNames).toHaveLength(13);
    expect((await read(`${HEADER}\nseven,2,3,4,5`)).classNames).toEqual(['seven']);
  });

  test('cells may stand in quotes, with commas, quotes and ends of lines in them, wherever the chunks are cut', async () => {
    const text = '"a ""b""",label\r\n"1.5","x, y"\r\n 2 , "x, y" \r\n3,"two\nlines"';
    await expect(read(text)).rejects.toThrow('line 5, column 2 (label)');
    const words = text.replace('two\nlines', 'say ""z""');
    for (const cuts of [[], Array.from({ length: 80 }, (_, i) => i)]) {
      const table = await read(words, cuts);
      expect(table.classNames).toEqual(['say "z"', 'x, y']);
      expect(table.features![0]).toEqual({ name: 'a "b"', min: 1.5, max: 3 });
      expect(rowsOf(table)).toEqual([
        [1, 0],
        [1, 85],
        [0, 255],
      ]);
    }
  });
});
