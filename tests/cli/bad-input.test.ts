import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createNetwork, type ModelFile } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const pictures = fileURLToPath(new URL('../../fixtures/pictures/', import.meta.url));
const at = (...names: string[]) => path.join(folder, ...names);

/** An existing model: nothing here may change it. */
const record: ModelFile['record'] = {
  width: 28,
  height: 28,
  classNames: [...'0123456789'],
  pixelScale: 1 / 255,
  settings: {},
  results: {},
};
const sound = encodeModel({ network: createNetwork({ layers: [784, 10, 10] }), record });
writeFileSync(at('model.safetensors'), sound);

/**
 * The command fails with one line that matches and exit code 2, and changes neither model nor
 * folder.
 */
async function refused(args: readonly string[], line: RegExp): Promise<void> {
  const before = readdirSync(folder);
  const { code, stdout, stderr } = await longhand(args, folder);
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^longhand: .+\n$/);
  expect(stderr.split('\n')).toHaveLength(2);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(readFileSync(at('model.safetensors')).equals(sound)).toBe(true);
  expect(readdirSync(folder)).toEqual(before);
}

/** An IDX file: its magic number, its sizes, its bytes. */
function idx(magic: number, sizes: readonly number[], bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt32BE(magic);
  for (const [i, size] of sizes.entries()) head.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([head, bytes]);
}

const images = (count: number, side = 28) =>
  idx(0x803, [count, side, side], new Uint8Array(count * side * side).fill(9));
const labels = (...values: number[]) => idx(0x801, [values.length], Uint8Array.from(values));

/** A folder with the four files, some of them replaced or, if undefined, left out. */
function dataFolder(name: string, changed: Readonly<Record<string, Uint8Array | undefined>>): string {
  mkdirSync(at(name));
  const files: Record<string, Uint8Array | undefined> = {
    'train-images-idx3-ubyte': images(20),
    'train-labels-idx1-ubyte': labels(...Array.from({ length: 20 }, (_, i) => i % 10)),
    't10k-images-idx3-ubyte': images(2),
    't10k-labels-idx1-ubyte': labels(3, 4),
    ...changed,
  };
  for (const [file, bytes] of Object.entries(files)) if (bytes) writeFileSync(at(name, file), bytes);
  return name;
}

const HEADER = ['label', ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)].join(',');
const row = (...cells: string[]) => [...cells, ...new Array<string>(785 - cells.length).fill('0')].join(',');

function csv(name: string, ...lines: string[]): string {
  writeFileSync(at(name), lines.map((line) => `${line}\n`).join(''));
  return name;
}

function modelFile(name: string, bytes: Uint8Array): string {
  writeFileSync(at(name), bytes);
  return name;
}

/** The valid model with a changed header of correct length. */
function withHeader(change: (header: Record<string, { data_offsets: number[] }>) => void): Uint8Array {
  const length = Number(Buffer.from(sound).readBigUInt64LE());
  const header = JSON.parse(Buffer.from(sound.subarray(8, 8 + length)).toString());
  change(header);
  const json = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([size, json, sound.subarray(8 + length)]);
}

describe('data for training', () => {
  const train = (data: string) => ['train', '--dev', '2', '--iterations', '1', '--data', data];

  test('the unchanged folder is valid', async () => {
    const args = [...train(dataFolder('sound', {})), '--out', at('sound', 'out.safetensors'), '--json'];
    expect((await longhand(args, folder)).code).toBe(0);
  });
  test('a missing file or folder', () => refused(train('nowhere'), /nowhere: no such file or folder/));
  test('an empty name', () => refused(train(''), /^longhand: --data: the file name is empty: /));
  test('a folder without one of the four files', () =>
    refused(
      train(dataFolder('three', { 't10k-labels-idx1-ubyte': undefined })),
      /three.t10k-images.*labels.*missing/,
    ));
  test('labels in place of pictures', () =>
    refused(
      train(dataFolder('magic', { 'train-images-idx3-ubyte': labels(1) })),
      /magic.train-images-idx3-ubyte: .*pictures that belong to these labels are missing/,
    ));
  test('an IDX file cut short', () =>
    refused(
      train(dataFolder('short', { 'train-images-idx3-ubyte': images(20).subarray(0, 5000) })),
      /train-images-idx3-ubyte: .*cut short/,
    ));
  test('a gzip cut short', () => {
    const packed = gzipSync(images(20));
    const data = dataFolder('gzip', {
      'train-images-idx3-ubyte': undefined,
      'train-images-idx3-ubyte.gz': packed.subarray(0, packed.length - 9),
    });
    return refused(train(data), /train-images-idx3-ubyte\.gz: .*cut short or corrupt/);
  });
  test('a corrupt gzip', () => {
    const packed = Buffer.from(gzipSync(images(20)));
    packed.fill(0xff, 12, 30);
    const data = dataFolder('corrupt', {
      'train-images-idx3-ubyte': undefined,
      'train-images-idx3-ubyte.gz': packed,
    });
    return refused(train(data), /train-images-idx3-ubyte\.gz: .*cut short or corrupt/);
  });
  test('image and label counts that differ', () =>
    refused(
      train(dataFolder('counts', { 'train-labels-idx1-ubyte': labels(1, 2, 3) })),
      /3 labels, but .* 20 pictures/,
    ));
  test('a label above 9', () =>
    refused(
      train(dataFolder('label', { 't10k-labels-idx1-ubyte': labels(3, 10) })),
      /t10k-labels-idx1-ubyte: label 10 of example 1/,
    ));

  test('CSV with a missing column', () =>
    refused(
      train(csv('column.csv', HEADER, row('3'), row('3').slice(2))),
      /column\.csv: .*785|column\.csv: .*784/,
    ));
  test('CSV with a value over 255', () =>
    refused(train(csv('over.csv', HEADER, row('3', '256'))), /over\.csv: .*256/));
  test('CSV with a value that is not a number', () =>
    refused(train(csv('word.csv', HEADER, row('3', '0', 'ink'))), /word\.csv: .*ink/));
  test('an empty CSV file', () => refused(train(csv('empty.csv')), /empty\.csv: .*empty/));
});

describe('a place to save', () => {
  const train = (out: string) => ['train', '--iterations', '1', '--out', out];

  test('a folder that does not exist', () =>
    refused(
      train('nowhere/model.safetensors'),
      /nowhere.model\.safetensors: cannot save the model: the folder does not exist/,
    ));
  test('an empty name', () => refused(train(''), /^longhand: --out: the file name is empty: /));
  test('the file of the data', () => {
    const data = csv('only.csv', HEADER, row('3'), row('4'));
    return refused(
      [...train(data), '--data', data],
      /^longhand: --data only\.csv: is the same file as --out only\.csv: choose two different files\n$/,
    );
  });
  test('a folder instead of a file', () => {
    mkdirSync(at('folder'));
    return refused(train('folder'), /folder: is a folder/);
  });
  test('a folder that does not exist, with its slash', () =>
    refused(train('newdir/'), /newdir\/: is a folder: name a file in it/));
  test('a file of the data in their folder', () => {
    dataFolder('pairs', {});
    return refused(
      [...train('pairs/t10k-labels-idx1-ubyte'), '--data', 'pairs'],
      /--out pairs\/t10k-labels-idx1-ubyte: is a file of --data pairs: choose another name/,
    );
  });
  test('a symbolic link to a folder that does not exist, or to itself', async () => {
    symlinkSync('nowhere/model.safetensors', at('dangling'));
    await refused(train('dangling'), /dangling: cannot save the model: the folder does not exist/);
    symlinkSync('circle', at('circle'));
    await refused(train('circle'), /circle: is a symbolic link that leads back to itself/);
  });
  test('a symbolic link to a file that does not exist yet: the model is written there, and the link stays', async () => {
    mkdirSync(at('links'));
    symlinkSync('../written.safetensors', at('links', 'link'));
    const args = [...train('links/link'), '--data', dataFolder('linked', {}), '--dev', '2', '--quiet'];
    expect(await longhand(args, folder)).toMatchObject({ code: 0 });
    expect(lstatSync(at('links', 'link')).isSymbolicLink()).toBe(true);
    expect(lstatSync(at('written.safetensors')).isFile()).toBe(true);
  });
  test.each(['log', 'checkpoint'])('--%s in the same ways', async (flag) => {
    const place = (name: string) => [
      'train',
      '--iterations',
      '1',
      '--out',
      'new.safetensors',
      `--${flag}`,
      name,
    ];
    await refused(place('nowhere/x'), /nowhere\/x: cannot (write|save) the .*: the folder does not exist/);
    await refused(place('model.safetensors'), /model\.safetensors: exists/);
    await refused(place('pictureless/'), /pictureless\/: /);
  });
  // Root can write everywhere, except where nobody can.
  test.skipIf(process.platform !== 'linux')('a folder that nobody can write to', () =>
    refused(train('/proc/model.safetensors'), /\/proc\/model\.safetensors: cannot save the model: /),
  );
  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a folder that is not writable',
    () => {
      mkdirSync(at('locked'));
      chmodSync(at('locked'), 0o500);
      return refused(train('locked/model.safetensors'), /locked.*no permission to write there/);
    },
  );
});

describe('a model file', () => {
  const evaluate = (file: string) => ['evaluate', file];
  const saved = (name: string, bytes: Uint8Array) => evaluate(modelFile(name, bytes));

  test('that is missing', () =>
    refused(evaluate('nothing.safetensors'), /nothing\.safetensors: no such file/));
  test('that is a folder', () => refused(evaluate('.'), /\.: is a folder/));
  test('that is empty', () => refused(saved('empty.safetensors', new Uint8Array()), /empty\.safetensors: /));
  test('cut short', () =>
    refused(saved('cut.safetensors', sound.subarray(0, sound.length - 100)), /cut\.safetensors: /));
  test('with overlapping offsets', () =>
    refused(
      saved(
        'overlap.safetensors',
        withHeader((header) => {
          header.W2!.data_offsets = header.W2!.data_offsets.map((offset) => offset - 40);
        }),
      ),
      /overlap\.safetensors: /,
    ));
  test('with a header of 2⁶⁰ bytes', () => {
    const bytes = Buffer.from(sound);
    bytes.writeBigUInt64LE(1n << 60n);
    return refused(saved('huge.safetensors', bytes), /huge\.safetensors: /);
  });
  test('with one flipped bit in a bias', () => {
    const bytes = Buffer.from(sound);
    bytes[bytes.length - 1]! ^= 0x40;
    return refused(saved('flipped.safetensors', bytes), /flipped\.safetensors: is damaged \(its SHA-256 /);
  });
  test.each([['evaluate'], ['predict', '--index', '1']])(
    'whose answers overflow: %s',
    (command, ...flags) => {
      const network = createNetwork({ layers: [784, 10, 10] });
      network.layers[0]!.W.data.fill(3e38);
      const file = modelFile('large.safetensors', encodeModel({ network, record }));
      return refused(
        [command!, file, ...flags],
        /answer for example \d+ is not finite \(NaN\): its parameters/,
      );
    },
  );
  test.each([['predict', '--index', '1'], ['check'], ['show']])('%s meets it too', (command, ...flags) =>
    refused([command!, 'nothing.safetensors', ...flags], /nothing\.safetensors: no such file/),
  );
});

describe('pictures', () => {
  const predict = (...names: string[]) => ['predict', 'model.safetensors', ...names];

  test('that are not PNG', () => refused(predict(path.join(pictures, 'none-jpeg.png')), /none-jpeg\.png: /));
  test('that are missing', () => refused(predict('nothing.png'), /nothing\.png: no such file/));
  test.each(['none-blank.png', 'none-blank-transparent.png'])('that are blank: %s', (name) =>
    refused(predict(path.join(pictures, name)), /none-blank.*: .*(blank|no ink)/),
  );
  test.each(['none-corrupt.png', 'none-cut-short.png'])('that are damaged: %s', (name) =>
    refused(predict(path.join(pictures, name)), new RegExp(`${name}: `)),
  );
  test('one bad file among good ones: the good ones are answered, the bad ones named, exit code 2', async () => {
    const good = path.join(pictures, '7-as-in-mnist.png');
    const files = [good, 'nothing.png', path.join(pictures, 'none-blank.png'), good];
    const { code, stdout, stderr } = await longhand(predict(...files, '--json'), folder);
    expect(code).toBe(2);
    const [note, ...errors] = stderr.trimEnd().split('\n');
    expect(note).toMatch(/^model\.safetensors: has not learned what is no digit/);
    expect(errors.join('\n')).toMatch(/^longhand: nothing\.png: .+\nlonghand: .*none-blank\.png: .+$/);
    const answers = JSON.parse(stdout);
    expect(answers.map(({ file }: { file: string }) => file)).toEqual(files);
    expect(answers[0].probabilities).toEqual(answers[3].probabilities);
    expect(answers[1]).toEqual({
      file: 'nothing.png',
      error: 'nothing.png: no such file: expected a picture',
    });
    const inWords = await longhand(predict(...files, '--quiet'), folder);
    expect([inWords.code, inWords.stderr]).toEqual([2, `${errors.join('\n')}\n`]);
    expect(inWords.stdout.split('\n')).toHaveLength(2 + 1);
  });
  test('an index beyond the test set', () =>
    refused(predict('--index', '10000'), /--index: expected an integer from 0 to 9,999, found "10000"/));
  test('--data beside a picture, without --index', () =>
    refused(predict(path.join(pictures, '7-tiny.png'), '--data', 'sound'), /--data: needs --index/));

  test('images not 28 × 28 given to a model of 784 inputs', () => {
    const small = { 'train-images-idx3-ubyte': images(20, 8), 't10k-images-idx3-ubyte': images(2, 8) };
    return refused(
      ['evaluate', 'model.safetensors', '--data', dataFolder('small', small)],
      /small: pictures of 8 × 8, but model\.safetensors was trained on 28 × 28/,
    );
  });
});

test('show: a unit that does not exist', () =>
  refused(
    ['show', 'model.safetensors', '--unit', '10'],
    /--unit: expected an integer from 0 to 9, found "10"/,
  ));

test('train: an unknown preset', () =>
  refused(
    ['train', '--preset', 'quickest'],
    /--preset: expected one of board, quick, small, best, everyday, found "quickest"/,
  ));
