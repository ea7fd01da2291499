import { DataError, type Dataset } from '@longhand/core';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { fileOf, type InputFile } from '../../source/input-file.js';
import { readData } from '../read-data.js';
import type { DataOptions, ReadData } from '../read-result.js';

/** A dark picture with one light pixel, whose place is the picture's number. */
function picture(number: number, side = 3): Uint8Array {
  const data = new Uint8Array(side * side);
  data[number] = 255;
  return encode({ width: side, height: side, channels: 1, depth: 8, data });
}
const pictures = (...paths: string[]): InputFile[] => paths.map((path, k) => fileOf(path, picture(k % 9)));
const text = (path: string, lines: readonly string[]) =>
  fileOf(path, new TextEncoder().encode(`${lines.join('\n')}\n`));

/** Of each example, its class and the picture's number. */
function shown(dataset: Dataset | undefined): [string, number][] {
  return Array.from({ length: dataset?.length ?? 0 }, (_, i) => [
    dataset!.classNames[dataset!.label(i)]!,
    dataset!.pixels(i).indexOf(255),
  ]);
}
async function refusal(read: Promise<ReadData>): Promise<string> {
  const error: unknown = await read.then(
    () => expect.unreachable('the data were read'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).not.toContain('\n');
  return (error as DataError).message;
}

describe('one folder for each class', () => {
  test('numbers are in their order, and what systems leave behind does not count', async () => {
    const files = [
      ...pictures('f/10/a.png', 'f/2/b.png', 'f/2/c.png'),
      ...['f/.DS_Store', 'f/2/Thumbs.db', '__MACOSX/f/2/._b.png', 'f/2/notes.txt'].map((path) =>
        fileOf(path, new Uint8Array(9)),
      ),
    ];
    const { training, test: tested, kind, label } = await readData(files);
    expect([kind, label, tested]).toEqual(['pictures', 'folders', undefined]);
    expect(training!.classNames).toEqual(['2', '10']);
    expect(shown(training)).toEqual([
      ['10', 0],
      ['2', 1],
      ['2', 2],
    ]);
  });

  test('below a training and a test folder', async () => {
    const files = pictures('f/training/0/a.png', 'f/testing/0/b.png', 'f/training/1/c.png');
    const read = await readData(files);
    expect(shown(read.training).map(([name]) => name)).toEqual(['0', '1']);
    expect(shown(read.test)).toEqual([['0', 1]]);
  });

  test('the validation set joins the training set, or is the test set if there is no other', async () => {
    const of = (...parts: string[]) =>
      pictures(...parts.flatMap((part) => [`${part}/0/${part}.png`, `${part}/1/${part}.png`]));
    const three = await readData(of('train', 'val', 'test'));
    expect([three.training!.length, three.test!.length]).toEqual([4, 2]);
    const two = await readData(of('train', 'val'));
    expect([two.training!.length, two.test!.length]).toEqual([2, 2]);
    expect(two.notes).toContain('The validation set is taken as the test set.');
  });

  test('a test folder alone is no test set; a class may be called test', async () => {
    expect((await readData(pictures('test/0/b.png', 'test/1/c.png'))).test).toBeUndefined();
    const { training } = await readData(pictures('f/test/a.png', 'f/train/b.png'));
    expect(training!.classNames).toEqual(['test', 'train']);
  });

  test('paths of Windows', async () => {
    const { training } = await readData(pictures('f\\7\\a.png', 'f\\8\\b.png'));
    expect(training!.classNames).toEqual(['7', '8']);
  });

  test('a model’s classes are the data’s, where they have no other', async () => {
    const known = { width: 3, height: 3, classNames: [...'0123456789'] };
    const { training } = await readData(pictures('f/3/a.png', 'f/7/b.png'), { known });
    expect(training!.classNames).toEqual(known.classNames);
    expect(training!.label(1)).toBe(7);
  });

  test('more than 256 classes are refused', async () => {
    const many = pictures(...Array.from({ length: 257 }, (_, k) => `f/${k}/a.png`));
    expect(await refusal(readData(many))).toContain('257 classes of pictures: expected at most 256');
  });
});

describe('the class in the name', () => {
  test.each<[string, string[], string[]]>([
    ['in front', ['7_0012.png', '3_0013.png', '7_0014.png'], ['7', '3', '7']],
    ['in front, a word', ['cat.1.png', 'dog.1.png', 'cat.2.png', 'dog.2.png'], ['cat', 'dog', 'cat', 'dog']],
    ['in front, as Windows numbers copies', ['7 (1).png', '7 (2).png', '8 (1).png'], ['7', '7', '8']],
    ['named', ['img_3_label7.png', 'img_4_label2.png'], ['7', '2']],
    ['behind', ['img-0001-7.png', 'img-0002-3.png', 'img-0003-3.png'], ['7', '3', '3']],
  ])('%s', async (_, names, classes) => {
    const { training, label, notes } = await readData(pictures(...names));
    expect(label).toBe('names');
    expect(shown(training).map(([name]) => name)).toEqual(classes);
    expect(notes[0]).toContain(`is of class ${classes[0]}`);
  });

  test('beside folders for training and testing', async () => {
    const files = pictures('train/7_1.png', 'train/3_2.png', 'test/7_3.png');
    const read = await readData(files);
    expect(shown(read.training).map(([name]) => name)).toEqual(['7', '3']);
    expect(shown(read.test)).toEqual([['7', 2]]);
  });

  test.each([
    [['a.png']],
    [['f/a.png', 'f/b.png']],
    [['1_2.png', '2_1.png']],
    [['scan_1.png', 'scan_2.png', 'scan_3.png']],
  ])('%j: nothing says it, and that is said', async (names) => {
    expect(await refusal(readData(pictures(...names)))).toContain('nothing says what they show');
    const { unlabeled } = await readData(pictures(...names), { unlabeled: true });
    expect(unlabeled!.names).toEqual(names);
    expect(unlabeled!.pixels).toHaveLength(9 * names.length);
  });
});

describe('a list of paths and labels', () => {
  test.each<[string, string[]]>([
    ['with a header', ['id,label,file', '1,b,img/0.png', '2,a,./img/1.png', '3,b,img/2.png']],
    ['without', ['img/0.png,b', 'img/1.png,a', 'img/2.png,b']],
    ['of Windows', ['file;label', 'img\\0.png;b', 'img\\1.png;a', '"img\\2.png";"b"']],
    ['with folders that are elsewhere now', ['file\tlabel', '/x/0.png\tb', '/y/1.png\ta', 'C:\\2.png\tb']],
  ])('%s', async (_, lines) => {
    const files = [text('d/list.csv', lines), ...pictures('d/img/0.png', 'd/img/1.png', 'd/img/2.png')];
    const { training, notes } = await readData(files);
    expect(training!.classNames).toEqual(['a', 'b']);
    expect(shown(training)).toEqual([
      ['b', 0],
      ['a', 1],
      ['b', 2],
    ]);
    expect(notes[0]).toContain('their labels in column');
  });

  test.each([
    ['with a header', ['path,label', 'img/0.png,7', 'img/1.png,1']],
    ['without', ['img/0.png,7', 'img/1.png,1']],
  ])('of digits, %s, is no table of numbers', async (_, lines) => {
    const files = [text('d/list.csv', lines), ...pictures('d/img/0.png', 'd/img/1.png')];
    const { training, kind } = await readData(files);
    expect(kind).toBe('pictures');
    expect(shown(training)).toEqual([
      ['7', 0],
      ['1', 1],
    ]);
  });

  test('that is very long, or of which nothing is there, is refused early', async () => {
    const long = Array.from({ length: 200_002 }, () => 'a.png,1');
    expect(await refusal(readData([text('l.csv', long)]))).toContain('lists more than 200,000 pictures');
    const asked: string[] = [];
    const openListed = async (path: string) => void asked.push(path);
    expect(await refusal(readData([text('l.csv', long.slice(0, 5000))], { openListed }))).toBe(
      'l.csv: none of the first 1000 pictures that it lists is there, such as a.png: paths count from the folder of the list',
    );
    expect(asked).toHaveLength(1000);
  });

  test('may say what is for testing, in a column or in two lists', async () => {
    const img = pictures('d/0.png', 'd/1.png', 'd/2.png');
    const column = text('d/l.csv', ['file,label,split', '0.png,a,train', '1.png,b,test', '2.png,b,train']);
    const lists = [
      text('d/train.csv', ['file,label', '0.png,a', '2.png,b']),
      text('d/test.csv', ['file,label', '1.png,b']),
    ];
    for (const files of [
      [column, ...img],
      [...lists, ...img],
    ]) {
      const read = await readData(files);
      expect([shown(read.training), shown(read.test)]).toEqual([
        [
          ['a', 0],
          ['b', 2],
        ],
        [['b', 1]],
      ]);
    }
  });

  test('of several columns the label has to be named', async () => {
    const files = [text('l.csv', ['file,age,sex', '0.png,4,m', '1.png,5,f']), ...pictures('0.png', '1.png')];
    expect(await refusal(readData(files))).toContain(
      '2 columns could be the label: age, sex: name it with --label',
    );
    expect((await readData(files, { label: 'sex' })).training!.classNames).toEqual(['f', 'm']);
    expect(await refusal(readData(files, { label: 'eye' }))).toContain('no column is called “eye”');
  });

  test('alone, its pictures are opened beside it', async () => {
    const list = text('l.csv', ['file,label', 'img/0.png,a', 'img/1.png,b']);
    const openListed: NonNullable<DataOptions['openListed']> = async (path) =>
      path === 'img/0.png' ? fileOf(path, picture(0)) : undefined;
    const { training, warnings } = await readData([list], { openListed });
    expect(shown(training)).toEqual([['a', 0]]);
    expect(warnings![0]).toContain(
      '1 of 2 pictures could not be read and is left out: img/1.png: no such picture',
    );
  });
});

describe('how pictures are taken', () => {
  const gray = (side: number, ground: number, ink: number, channels: 1 | 4 = 1) => {
    const data = new Uint8Array(side * side * channels).fill(255);
    const paint = (pixel: number, value: number) =>
      data.fill(value, pixel * channels, pixel * channels + Math.min(3, channels));
    for (let i = 0; i < side * side; i++) paint(i, ground);
    for (let y = 4; y < side - 4; y++)
      for (let x = side / 2 - 2; x < side / 2 + 2; x++) paint(y * side + x, ink);
    return encode({ width: side, height: side, channels, depth: 8, data });
  };
  const two = (first: Uint8Array, second: Uint8Array) => [
    fileOf('f/0/a.png', first),
    fileOf('f/1/b.png', second),
  ];

  test('of one small size: as they are', async () => {
    const { training, notes } = await readData(two(picture(1, 5), picture(2, 5)));
    expect(training).toMatchObject({ width: 5, height: 5 });
    expect(notes).toContain('The pictures are taken 5 × 5 as they are.');
  });

  test('dark ink becomes light, whatever the channels', async () => {
    const { training, notes } = await readData(two(gray(16, 255, 55), gray(16, 255, 55, 4)));
    expect(training!.pixels(0)[8 * 16 + 8]).toBe(200);
    expect(training!.pixels(1)).toEqual(training!.pixels(0));
    expect(notes.at(-1)).toContain('dark ink made light');
  });

  test('of several sizes, and large ones: framed as MNIST’s digits', async () => {
    for (const sides of [
      [30, 40],
      [100, 100],
    ]) {
      const { training } = await readData(two(gray(sides[0]!, 255, 0), gray(sides[1]!, 255, 0)));
      expect(training).toMatchObject({ width: 28, height: 28 });
    }
  });

  test('small ones are framed for a model of 28 × 28', async () => {
    const known = { width: 28, height: 28, classNames: ['0', '1'] };
    const { training } = await readData(two(gray(32, 255, 0), gray(32, 255, 0)), { known });
    expect(training).toMatchObject({ width: 28, height: 28 });
  });

  test('one that cannot be read is named, counted and left out, or refused if strict', async () => {
    const files = pictures('f/0/a.png', 'f/0/b.png', 'f/1/c.png');
    const bad = [
      ...files,
      fileOf('f/1/bad.png', picture(3).subarray(0, 50)),
      fileOf('f/1/x.png', new Uint8Array(40)),
    ];
    const { training, warnings } = await readData(bad);
    expect(training!.length).toBe(3);
    expect(warnings).toHaveLength(1);
    expect(warnings![0]).toContain(
      '2 of 5 pictures could not be read and are left out: f/1/bad.png: the PNG is cut short',
    );
    expect(warnings![0]).toContain('f/1/x.png: expected a picture');
    expect(await refusal(readData(bad, { strict: true }))).toContain('f/1/bad.png: the PNG is cut short');
  });

  test('none that can be read is an error', async () => {
    const bad = two(picture(0).subarray(0, 40), picture(0).subarray(0, 40));
    expect(await refusal(readData(bad))).toContain('none of 2 pictures can be read; the first: f/0/a.png');
  });

  test('the share that is read grows to 1', async () => {
    const shares: number[] = [];
    await readData(pictures('f/0/a.png', 'f/1/b.png'), { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([0.5, 1]);
  });
});
