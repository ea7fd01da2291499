import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DataError, type Dataset } from '@longhand/core';
import { frameDigit, type Picture } from '@longhand/core/pictures';
import { mnistTest } from '@longhand/mnist';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkPicture, decodePicture } from './decode-picture.js';

// The pictures and what is in them: tests/fixtures/write_pictures.py and write_formats.py.
const fixtures = fileURLToPath(new URL('../../../../tests/fixtures/', import.meta.url));
const folder = `${fixtures}pictures/`;
const listed: { file: string; digit: number; testIndex: number }[] = JSON.parse(
  readFileSync(`${folder}pictures.json`, 'utf8'),
);
const bytesOf = (file: string) => new Uint8Array(readFileSync(folder + file));
const formatOf = (file: string) => new Uint8Array(readFileSync(`${fixtures}formats/${file}`));

async function refusal(bytes: Uint8Array, name = 'p'): Promise<string> {
  const error: unknown = await decodePicture(bytes, name).then(
    () => expect.unreachable('the picture was read'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  const { message } = error as DataError;
  expect(message).not.toContain('\n');
  expect(message.startsWith(`${name}: `)).toBe(true);
  return message;
}

describe('a digit of MNIST, drawn as PNG and framed, is the digit it was made from', () => {
  let digits: Dataset;
  beforeAll(async () => {
    digits = (await mnistTest()).slice(0, 1000);
  });

  test.each(listed)('$file', async ({ file, digit, testIndex }) => {
    const { pixels } = frameDigit(await decodePicture(bytesOf(file), file), file);
    const nearest = nearestTo(pixels, digits);
    expect(nearest).toBe(testIndex);
    expect(digits.label(nearest)).toBe(digit);
  });

  test('one stored as it is comes back byte for byte', async () => {
    const { pixels } = frameDigit(await decodePicture(bytesOf('7-as-in-mnist.png'), '7'), '7');
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
    const picture = await decodePicture(bytesOf(file), file);
    expect(() => frameDigit(picture, file)).toThrow(`${file}: no digit found`);
  },
);

describe('samples of a PNG become bytes', () => {
  const decode = (file: string) => decodePicture(bytesOf(file), file);
  /** The first pixels of the first row. */
  const pixelsOf = async (file: string, count: number) => {
    const { channels, data } = await decode(file);
    return Array.from({ length: count }, (_, i) => [...data.subarray(i * channels, (i + 1) * channels)]);
  };

  test('of 1 bit: black and white', async () => {
    const { width, height, channels, data } = await decode('3-large-1-bit.png');
    expect([width, height, channels]).toEqual([1500, 1900, 1]);
    expect([...new Set(data)].sort()).toEqual([0, 255]);
  });

  test('of 2 bits: thirds, rows padded to whole bytes', async () => {
    const { width, data } = await decode('2-2-bit.png');
    expect(width % 4).not.toBe(0);
    expect([...new Set(data)].sort((a, b) => a - b)).toEqual([0, 85, 170, 255]);
  });

  test('of 16 bits: rounded', async () => {
    const data = Uint16Array.of(0, 128, 129, 65535);
    const file = encode({ width: 4, height: 1, channels: 1, depth: 16, data });
    expect([...(await decodePicture(file, 'p')).data]).toEqual([0, 0, 1, 255]);
  });

  test('of a palette: its colors', async () =>
    expect(await pixelsOf('8-palette-4-bit.png', 1)).toEqual([[255, 240, 200, 255]]));

  test('of a palette with transparency: its colors and alphas', async () =>
    expect(await pixelsOf('9-palette-transparent.png', 1)).toEqual([[0, 0, 0, 0]]));

  test('of the color that stands for transparency: alpha 0, and 255 for every other', async () => {
    const { channels, data } = await decode('7-color-key.png');
    expect(channels).toBe(4);
    for (let at = 0; at < data.length; at += 4) expect(data[at + 3]).toBe(data[at] === 0 ? 0 : 255);
  });

  test('interlaced, also with less than a byte for each: as the same picture without interlacing', async () => {
    const { width, height, data } = await decode('none-interlaced-1-bit.png');
    expect(data).toHaveLength(width * height);
    expect(new Set(data).size).toBe(2);
  });

  test('of any size, channels and depth, as another encoder wrote them', async () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
      channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, height, channels, seed }) => {
        const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * i + seed) % 251);
        const read = await decodePicture(encode({ width, height, channels, depth: 8, data }), 'p');
        expect(read).toEqual({ width, height, channels, data });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the same picture in other formats', () => {
  let reference: Picture;
  let clear: Picture;
  beforeAll(async () => {
    reference = await decodePicture(formatOf('reference.png'), 'reference');
    clear = await decodePicture(formatOf('reference-alpha.png'), 'reference');
  });

  /** The largest difference of a sample of red, green and blue, where the reference is not transparent. */
  function difference(read: Picture, wanted: Picture): number {
    expect([read.width, read.height]).toEqual([wanted.width, wanted.height]);
    const sample = ({ channels, data }: Picture, pixel: number, c: number) =>
      data[pixel * channels + (channels < 3 ? 0 : c)]!;
    let most = 0;
    for (let pixel = 0; pixel < read.width * read.height; pixel++) {
      if (wanted.channels === 4 && wanted.data[4 * pixel + 3] === 0) continue;
      for (let c = 0; c < 3; c++)
        most = Math.max(most, Math.abs(sample(read, pixel, c) - sample(wanted, pixel, c)));
    }
    return most;
  }

  test.each<[string, number]>([
    ['8-bit.bmp', 0],
    ['24-bit.bmp', 0],
    ['palette.gif', 0],
    ['interlaced.gif', 0],
    ['baseline.jpg', 30],
    ['progressive.jpg', 30],
    ['cmyk.jpg', 30],
    ['lossy.webp', 60],
    ...[2, 3, 4, 5, 6, 7, 8].map((orientation) => [`turned-${orientation}.jpg`, 30] as [string, number]),
  ])('%s differs by at most %i', async (file, most) => {
    expect(difference(await decodePicture(formatOf(file), file), reference)).toBeLessThanOrEqual(most);
  });

  test('what is stored turned would differ, if it were not turned back', async () => {
    const stored = formatOf('turned-3.jpg');
    const at = stored.findIndex(
      (_, i) => stored[i] === 0x12 && stored[i + 1] === 1 && stored[i + 8] === 0 && stored[i + 9] === 3,
    );
    const tag = at < 0 ? stored.findIndex((_, i) => stored[i] === 1 && stored[i + 1] === 0x12) + 9 : at + 8;
    expect(stored[tag]).toBe(3);
    stored[tag] = 1;
    expect(difference(await decodePicture(stored, 'p'), reference)).toBeGreaterThan(100);
  });

  test('black and white, and gray', async () => {
    const bits = await decodePicture(formatOf('1-bit.bmp'), 'p');
    const gray = await decodePicture(formatOf('gray.jpg'), 'p');
    for (let pixel = 0; pixel < 24 * 32; pixel++) {
      const isInk = reference.data[3 * pixel]! < 128;
      expect(bits.data[3 * pixel]).toBe(isInk ? 0 : 255);
      expect(gray.data[pixel * gray.channels]! < 140).toBe(isInk);
    }
  });

  test.each(['alpha.webp', '32-bit.bmp', 'transparent.gif'])(
    '%s is transparent where the page is',
    async (file) => {
      const read = await decodePicture(formatOf(file), file);
      expect(read.channels).toBe(4);
      expect(difference(read, clear)).toBe(0);
      for (let at = 3; at < read.data.length; at += 4) expect(read.data[at]).toBe(clear.data[at]);
    },
  );

  test('a name that says something else does not matter', async () => {
    expect(await decodePicture(formatOf('lossy.webp'), 'seven.png')).toEqual(
      await decodePicture(formatOf('lossy.webp'), 'seven.webp'),
    );
    expect(difference(await decodePicture(formatOf('baseline.jpg'), 'seven.jfif'), reference)).toBeLessThan(
      31,
    );
  });
});

describe('what is no sound picture is refused in one line', () => {
  test.each([
    ['none-cut-short.png', 'the PNG is cut short or corrupt'],
    ['none-corrupt.png', 'CRC mismatch'],
    ['none-no-pixels.png', 'found 0 × 112'],
  ])('%s', async (file, message) => expect(await refusal(bytesOf(file))).toContain(message));

  const text = (head: string) => new TextEncoder().encode(head.padEnd(40, ' '));
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'p: expected a picture, found an empty file'],
    ['text', text('seven!!!!'), 'found bytes that begin 0x736576656e212121'],
    ['HEIC', text('\0\0\0\x18ftypheic'), 'p: a HEIC picture: save it as JPEG or PNG'],
    ['AVIF', text('\0\0\0\x18ftypavif'), 'p: an AVIF picture: save it as JPEG or PNG'],
    ['TIFF', text('II*\0'), 'p: a TIFF picture: save it as PNG'],
    ['PDF', text('%PDF-1.7'), 'found a PDF document: save the page as PNG'],
    ['BM as a text', text('BMI,age'), 'found bytes that begin'],
  ])('%s', async (_, bytes, message) => expect(await refusal(bytes)).toContain(message));

  test.each(['baseline.jpg', 'progressive.jpg', 'cmyk.jpg', 'lossy.webp', '24-bit.bmp', 'palette.gif'])(
    '%s, cut short',
    async (file) => {
      const bytes = formatOf(file);
      expect(await refusal(bytes.subarray(0, bytes.length / 2))).toContain('is cut short or corrupt');
    },
  );
});

describe('a size that no picture should have is refused before anything is unpacked', () => {
  const sized = (file: Uint8Array, at: number, ...bytes: number[]) => {
    file.set(bytes, at);
    return file;
  };
  test.each<[string, () => Uint8Array]>([
    ['PNG', () => sized(bytesOf('2-dark-on-light.png'), 16, 0x7f, 0xff, 0xff, 0xff)],
    ['BMP', () => sized(formatOf('24-bit.bmp'), 18, 0xff, 0xff, 0xff, 0x7f)],
    ['GIF', () => sized(formatOf('palette.gif'), 6, 0xff, 0xff, 0xff, 0xff)],
    ['JPEG', () => withJpegSize(formatOf('baseline.jpg'), 65_000, 65_000)],
    ['WebP', () => sized(formatOf('lossy.webp'), 26, 0xff, 0x3f, 0xff, 0x3f)],
  ])('%s', async (_, make) =>
    expect(await refusal(make())).toContain('expected a picture of 1 to 24,500,000 pixels'),
  );

  test('a JPEG and a PNG that cannot hold the pixels that they claim', async () => {
    expect(await refusal(withJpegSize(formatOf('baseline.jpg'), 4_900, 4_900))).toContain('cannot hold');
    const wide = withPngSize(bytesOf('2-dark-on-light.png'), 20_000, 1_000);
    expect(await refusal(wide)).toContain('cannot hold its');
  });

  test('a PNG that holds more pixels than it claims', async () => {
    const data = new Uint8Array(1_000 * 1_000);
    const large = encode({ width: 1_000, height: 1_000, channels: 1, depth: 8, data });
    expect(await refusal(withPngSize(large, 40, 40))).toContain('it holds more pixels than its size has');
  });

  test('a color profile of any size is passed over', async () => {
    const file = bytesOf('2-dark-on-light.png');
    // A part in the place after the header: its length, its name, its contents and a wrong checksum.
    const part = new Uint8Array(12 + 1000);
    new DataView(part.buffer).setUint32(0, 1000);
    part.set(new TextEncoder().encode('iCCP'), 4);
    const grown = new Uint8Array(file.length + part.length);
    grown.set(file.subarray(0, 33));
    grown.set(part, 33);
    grown.set(file.subarray(33), 33 + part.length);
    expect(await decodePicture(grown, 'p')).toEqual(await decodePicture(file, 'p'));
  });

  test('a JPEG of a thousand scans', async () => {
    const file = formatOf('progressive.jpg');
    const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xda);
    const scan = file.subarray(at, at + 2 + file[at + 3]!);
    const parts = [file.subarray(0, at), ...Array.from({ length: 1000 }, () => scan), file.subarray(at)];
    expect(await refusal(new Uint8Array(Buffer.concat(parts)))).toContain('more than 50 scans');
  });
});

/** With another size in its frame. */
function withJpegSize(file: Uint8Array, width: number, height: number): Uint8Array {
  const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1]! >= 0xc0 && file[i + 1]! <= 0xc2);
  const view = new DataView(file.buffer, file.byteOffset);
  view.setUint16(at + 5, height);
  view.setUint16(at + 7, width);
  return file;
}

/** With another size in its header, and a checksum to it. */
function withPngSize(file: Uint8Array, width: number, height: number): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset);
  view.setUint32(16, width);
  view.setUint32(20, height);
  let crc = 0xffffffff;
  for (const byte of file.subarray(12, 29)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  view.setUint32(29, (crc ^ 0xffffffff) >>> 0);
  return file;
}

test.each<[string, Uint8Array]>([
  ['7-tiny.png', bytesOf('7-tiny.png')],
  ...['baseline.jpg', 'progressive.jpg', 'lossy.webp', '8-bit.bmp', 'palette.gif'].map(
    (file): [string, Uint8Array] => [file, formatOf(file)],
  ),
])(
  '%s cut anywhere, or with any byte changed, is a picture or a DataError, never anything else',
  async (_, file) => {
    const outcome = (trial: Promise<unknown>) =>
      trial.then(
        () => undefined,
        (error: unknown) => {
          expect(error).toBeInstanceOf(DataError);
          return error;
        },
      );
    const attempt = async (bytes: Uint8Array) => {
      const [decoded, checked] = [
        await outcome(decodePicture(bytes, 'p')),
        await outcome(checkPicture(bytes, 'p')),
      ];
      // What the check refuses, the decoder refuses, too.
      if (checked) expect(decoded).toBeDefined();
      if (checked) found++;
    };
    let found = 0;
    for (let length = 0; length < file.length; length += 7) await attempt(file.slice(0, length));
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, value) => {
        const changed = file.slice();
        changed[at] = value;
        await attempt(changed);
      }),
    );
    expect(await outcome(checkPicture(file, 'p'))).toBeUndefined();
    expect(found).toBeGreaterThan(file.length / 7 / 2);
  },
);
