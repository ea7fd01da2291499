import { Dataset } from '@longhand/core';
import { describe, expect, test } from 'vitest';
import { type DescribedData, describeData } from './describe-data.js';
import { reportHtml, summaryOf } from './report/report-html.js';

const SIDE = 16;

/** Pictures of three classes, each with a bar at another place, and some that differ in a few pixels. */
function pictures(count: number, seed = 0): { pixels: Uint8Array; labels: Uint8Array } {
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = (i * 7) % 3;
    labels[i] = label;
    for (let y = 2; y < 14; y++) pixels[i * 256 + y * SIDE + 3 + 4 * label] = 200;
    // What makes each picture different: its number in binary, in the last row but one.
    const number = i + seed;
    for (let bit = 0; bit < 14; bit++)
      if ((number >> bit) & 1) pixels[i * 256 + 14 * SIDE + 1 + bit] = 100 + bit;
  }
  return { pixels, labels };
}

const dataset = ({ pixels, labels }: ReturnType<typeof pictures>, classNames = ['left', 'middle', 'right']) =>
  new Dataset({ pixels, labels, width: SIDE, height: SIDE, classNames });
const read = (training: Dataset, rest: Partial<DescribedData> = {}): DescribedData => ({
  ...{ kind: 'idx', notes: [], training },
  ...rest,
});
const warnings = (data: DescribedData) =>
  describeData(data).findings.flatMap(({ level, text }) => (level === 'warning' ? [text] : []));

describe('good data', () => {
  const training = dataset(pictures(300));
  const testSet = dataset(pictures(60, 1000));
  const shares: number[] = [];
  const found = describeData(read(training, { test: testSet }), {
    onProgress: (share) => shares.push(share),
  });

  test('have sizes, classes and values', () => {
    expect(found.parts).toEqual([
      { name: 'training', examples: 300 },
      { name: 'test', examples: 60 },
    ]);
    expect(found.classes.map(({ name, training: n, test: m }) => [name, n, m])).toEqual([
      ['left', 100, 20],
      ['middle', 100, 20],
      ['right', 100, 20],
    ]);
    const counted = new Map<number, number>();
    for (const set of [training, testSet])
      for (let i = 0; i < set.length; i++)
        for (const value of set.pixels(i)) counted.set(value, (counted.get(value) ?? 0) + 1);
    const total = 360 * 256;
    expect(found.values).toMatchObject({
      min: 0,
      max: 200,
      distinct: counted.size,
      zeros: counted.get(0)! / total,
    });
    expect(found.values.histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(found.values.mean).toBeCloseTo(
      [...counted].reduce((sum, [value, n]) => sum + value * n, 0) / total,
      9,
    );
  });

  test('have a mean picture and specimens of each class', () => {
    const [left] = found.classes;
    expect(left!.mean[5 * SIDE + 3]).toBe(200);
    expect(left!.mean[5 * SIDE + 7]).toBe(0);
    expect(left!.specimens).toHaveLength(12);
    for (const { index, pixels } of left!.specimens) {
      expect(training.label(index)).toBe(0);
      expect(pixels).toEqual(training.pixels(index));
    }
  });

  test('give no warning, and have neighbors of their own class', () => {
    expect(found.findings.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(found.duplicates).toMatchObject({ training: 0, test: 0, leaked: 0, contradictions: 0 });
    expect(found.neighbors).toMatchObject({ sample: 300, accuracy: 1, pairs: [] });
  });

  test('are described with progress to the end', () => {
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });
});

describe('exact copies', () => {
  test('are counted in each set, across the sets, and where their classes differ', () => {
    const some = pictures(60);
    // 5 is a copy of 2 with another class, 7 of 4 with the same.
    for (const [copy, first] of [
      [5, 2],
      [7, 4],
    ] as const) {
      some.pixels.copyWithin(copy * 256, first * 256, (first + 1) * 256);
    }
    some.labels[5] = (some.labels[2]! + 1) % 3;
    some.labels[7] = some.labels[4]!;
    const tests = pictures(30, 500);
    for (const [copy, first] of [
      [3, 0],
      [4, 1],
    ] as const) {
      tests.pixels.set(some.pixels.subarray(first * 256, (first + 1) * 256), copy * 256);
      tests.labels[copy] = some.labels[first]!;
    }
    const data = read(dataset(some), { test: dataset(tests) });
    expect(describeData(data).duplicates).toMatchObject({
      training: 2,
      test: 0,
      leaked: 2,
      contradictions: 1,
    });
    expect(describeData(data).duplicates.examples).toContainEqual({ sort: 'leaked', first: 0, copy: 3 });
    expect(warnings(data)).toEqual([
      '2 test examples of 30 (6.7%) are also in the training set: the accuracy on the test set is too high.',
      expect.stringContaining('1 example has the same values as an earlier one, but another class'),
    ]);
  });
});

describe('a table', () => {
  const rows = 40;
  const features = [
    { name: 'id', min: 1, max: rows },
    { name: 'height', min: 150, max: 190 },
    { name: 'version', min: 3, max: 3 },
  ];
  const pixels = Uint8Array.from({ length: 3 * rows }, (_, k) => {
    const [row, column] = [Math.floor(k / 3), k % 3];
    if (column === 0) return Math.round((255 * row) / (rows - 1));
    return column === 1 ? (row * 101) % 256 : 0;
  });
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  const table = new Dataset({ pixels, labels, width: 3, height: 1, classNames: ['a', 'b'], features });

  test('has columns in their own units; a row number and a constant are named', () => {
    const { columns, isPicture, classes } = describeData(read(table, { kind: 'csv' }));
    expect(isPicture).toBe(false);
    expect(classes[0]!.specimens).toEqual([]);
    expect(columns!.map(({ name, isId, isConstant }) => [name, isId, isConstant])).toEqual([
      ['id', true, false],
      ['height', false, false],
      ['version', false, true],
    ]);
    expect(columns![0]!.mean).toBeCloseTo((rows + 1) / 2, 1);
    expect(warnings(read(table, { kind: 'csv' }))).toEqual([
      expect.stringMatching(/^Column id looks like a number of the row/),
      'Column version has the same value in every row.',
    ]);
  });
});

test('data without labels have specimens, and no classes', () => {
  const { pixels } = pictures(100);
  const found = describeData({
    kind: 'csv',
    notes: ['There are no labels.'],
    unlabeled: { pixels, width: SIDE, height: SIDE },
  });
  expect(found.classes).toEqual([]);
  expect(found.specimens).toHaveLength(60);
  expect(found.neighbors).toBeUndefined();
  expect(found.findings).toContainEqual({ level: 'note', text: 'There are no labels.' });
  expect(summaryOf(found)).toBe('csv: 100 unlabeled pictures of 16 × 16 pixels, without labels');
  const alone = { pixels: pixels.slice(0, SIDE * SIDE), width: SIDE, height: SIDE };
  const one = summaryOf(describeData({ kind: 'csv', notes: [], unlabeled: alone }));
  expect(one).toBe('csv: 1 unlabeled picture of 16 × 16 pixels, without labels');
});

test('a bright background is a warning', () => {
  const some = pictures(90);
  some.pixels.forEach((value, at) => {
    some.pixels[at] = 255 - value;
  });
  expect(warnings(read(dataset(some)))).toEqual([
    expect.stringContaining('The background is bright (255 of 255'),
  ]);
});

test('nothing to describe is one line', () => {
  expect(() => describeData({ kind: 'csv', notes: [] })).toThrow('there are no examples');
});

describe('the report', () => {
  const html = reportHtml(describeData(read(dataset(pictures(90), ['<b>', 'a & b', '"c"']))), {
    title: '<script>alert(1)</script>',
    command: 'longhand data x',
  });

  test('needs nothing else, and holds no script', () => {
    expect(html).not.toMatch(/<script|<link|@import|https?:|src=/i);
    expect(
      [...html.matchAll(/url\(([^)]{0,22})/g)].every(([, start]) =>
        start!.startsWith('data:image/png;base64'),
      ),
    ).toBe(true);
  });

  test('shows names as they are', () => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('<h3>&lt;b&gt;</h3>');
    expect(html).toContain('a &amp; b');
  });

  test('has a picture for every specimen and mean', () => {
    expect(html.match(/class="stamp/g)!.length).toBe(3 * 12 + 3);
  });
});
