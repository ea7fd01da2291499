import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DataError, type Dataset } from '@longhand/core';
import { frameDigit } from '@longhand/core/pictures';
import { mnistTest } from '@longhand/mnist';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodePng, readPng } from './read-png.js';

// The pictures and what is in them: tests/fixtures/write_pictures.py.
const folder = fileURLToPath(new URL('../../../../tests/fixtures/pictures/', import.meta.url));
const listed: { file: string; digit: number; testIndex: number }[] = JSON.parse(
  readFileSync(`${folder}pictures.json`, 'utf8'),
);
const bytesOf = (file: string) => new Uint8Array(readFileSync(folder + file));

async function refusal(file: string): Promise<string> {
  const error: unknown = await readPng(folder + file).then(
    () => expect.unreachable('the picture was read'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  const { message } = error as DataError;
  expect(message).not.toContain('\n');
  expect(message.startsWith(`${folder}${file}: `)).toBe(true);
  return message.slice(folder.length);
}

describe('a digit of MNIST, drawn as PNG and framed, is the digit it was made from', () => {
  let digits: Dataset;
  beforeAll(async () => {
    digits = (await mnistTest()).slice(0, 1000);
  });

  test.each(listed)('$file', async ({ file, digit, testIndex }) => {
    const { pixels } = frameDigit(await readPng(folder + file), file);
    const nearest = nearestTo(pixels, digits);
    expect(nearest).toBe(testIndex);
    expect(digits.label(nearest)).toBe(digit);
  });

  test('one stored as it is comes back byte for byte', async () => {
    const { pixels } = frameDigit(await readPng(`${folder}7-as-in-mnist.png`), '7');
    expect(pixels).toEqual(digits.pixels(0).slice());
  });
});

/** The example whose pixels differ least, as the sum of squares. */
function nearestTo(pixels: Uint8Array, digits: Dataset): number {
  const distances = Array.from({ length: digits.length }, (_, i) =>
    digits.pixels(i).reduce((sum, value, at) => sum + (value - pixels[at]!) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

test.each(readdirSync(folder).filter((file) => file.startsWith('none-blank')))(
  '%s can be read but holds no digit',
  async (file) => {
    const picture = await readPng(folder + file);
    expect(() => frameDigit(picture, file)).toThrow(`${file}: no digit found`);
  },
);

describe('samples become bytes', () => {
  /** The first pixels of the first row. */
  const pixelsOf = (file: string, count: number) => {
    const { channels, data } = decodePng(bytesOf(file), file);
    return Array.from({ length: count }, (_, i) => [...data.subarray(i * channels, (i + 1) * channels)]);
  };

  test('of 1 bit: black and white', () => {
    const { width, height, channels, data } = decodePng(bytesOf('3-large-1-bit.png'), '3');
    expect([width, height, channels]).toEqual([1500, 1900, 1]);
    expect([...new Set(data)].sort()).toEqual([0, 255]);
  });

  test('of 2 bits: thirds, rows padded to whole bytes', () => {
    const { width, data } = decodePng(bytesOf('2-2-bit.png'), '2');
    expect(width % 4).not.toBe(0);
    expect([...new Set(data)].sort((a, b) => a - b)).toEqual([0, 85, 170, 255]);
  });

  test('of 16 bits: rounded', () => {
    const data = Uint16Array.of(0, 128, 129, 65535);
    const file = encode({ width: 4, height: 1, channels: 1, depth: 16, data });
    expect([...decodePng(file, 'p').data]).toEqual([0, 0, 1, 255]);
  });

  test('of a palette: its colors', () =>
    expect(pixelsOf('8-palette-4-bit.png', 1)).toEqual([[255, 240, 200, 255]]));

  test('of a palette with transparency: its colors and alphas', () =>
    expect(pixelsOf('9-palette-transparent.png', 1)).toEqual([[0, 0, 0, 0]]));

  test('of the color that stands for transparency: alpha 0, and 255 for every other', () => {
    const { channels, data } = decodePng(bytesOf('7-color-key.png'), '7');
    expect(channels).toBe(4);
    for (let at = 0; at < data.length; at += 4) expect(data[at + 3]).toBe(data[at] === 0 ? 0 : 255);
  });
});

test('what is not a sound PNG is refused in one line', async () => {
  expect(await refusal('none-cut-short.png')).toContain('the PNG is cut short or corrupt');
  expect(await refusal('none-corrupt.png')).toContain('CRC mismatch');
  expect(await refusal('none-jpeg.png')).toContain('expected a PNG picture, found a JPEG picture');
  expect(await refusal('none-no-pixels.png')).toContain('found 0 × 112');
  expect(await refusal('none-interlaced-1-bit.png')).toContain('save it without interlacing');
  expect(await refusal('none-there.png')).toContain('no such file: expected a PNG picture');
  expect(await refusal('../pictures')).toContain('is a folder: expected a PNG picture');
});

test('an empty file and one of text are told apart from a PNG', () => {
  expect(() => decodePng(new Uint8Array(), 'p.png')).toThrow(
    'p.png: expected a PNG picture, found an empty file',
  );
  const text = new TextEncoder().encode('seven!!!!');
  expect(() => decodePng(text, 'p.png')).toThrow('found bytes that begin 0x736576656e212121');
});

test('a size that no memory holds is refused before anything is unpacked', () => {
  const file = bytesOf('2-dark-on-light.png');
  new DataView(file.buffer).setUint32(16, 0x7fffffff);
  expect(() => decodePng(file, 'p.png')).toThrow('found 2147483647 × 280');
});

test('a file cut anywhere, or with any byte changed, is a picture or a DataError, never anything else', () => {
  const file = bytesOf('7-tiny.png');
  const attempt = (bytes: Uint8Array) => {
    try {
      decodePng(bytes, 'p.png');
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
    }
  };
  for (let length = 0; length < file.length; length++) attempt(file.subarray(0, length));
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(255), (at, value) => {
      const changed = file.slice();
      changed[at] = value;
      attempt(changed);
    }),
  );
});
