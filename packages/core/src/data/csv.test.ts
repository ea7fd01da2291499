import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.js';
import { readCsv } from './csv.js';
import type { Dataset } from './dataset.js';

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

const read = (text: string, cuts?: readonly number[]) => readCsv(bytesOf(text, cuts), 'train.csv');

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
    ['an empty file', '', 'the file is empty: expected the header label,pixel0'],
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
      'column 1 (label): expected a digit from 0 to 9, found nothing',
    ],
    [
      'a label above 9',
      `${HEADER}\n1,2,3,4,5\n10,2,3,4,5`,
      'line 3, column 1 (label): expected a digit from 0 to 9, found 10',
    ],
    [
      'a label in words',
      `${HEADER}\nseven,2,3,4,5`,
      'line 2, column 1 (label): expected a digit from 0 to 9, found "seven"',
    ],
    ['a control character', `${HEADER}\n1,2,\u0000\u0007,4,5`, String.raw`found "\u0000\u0007"`],
    ['a very long cell', `${HEADER}\n1,2,${'z'.repeat(100)},4,5`, `found "${'z'.repeat(20)}…"`],
    ['no header', '1,2,3,4,5\n', 'line 1, column 1: expected the header label,pixel0,pixel1,…, found "1"'],
    ['rows without labels', 'pixel0,pixel1\n1,2\n', 'these rows have no labels'],
    [
      'another header',
      'label,pixel0,1x2\n1,2,3\n',
      'line 1, column 3: expected "pixel1" in the header, found "1x2"',
    ],
    [
      'labels without pictures',
      'label\n1\n',
      'line 1, column 2: expected the header label,pixel0,pixel1,…, found no pixels',
    ],
    [
      'pictures that are no squares',
      'label,pixel0,pixel1\n1,2,3\n',
      'line 1: the header has 2 pixels, which make no square',
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
