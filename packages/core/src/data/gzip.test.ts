import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.js';
import { gunzip, gunzipStream } from './gzip.js';

/** The bytes, cut where told. */
async function* cut(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...cuts.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const to of places) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const chunk of chunks) bytes.push(...chunk);
  return bytes;
}

const anything = fc.uint8Array({ maxLength: 2000 });
const notGzip = anything.filter((bytes) => !(bytes[0] === 0x1f && bytes[1] === 0x8b));
const packed = new Uint8Array(gzipSync(new Uint8Array(5000).map((_, i) => i * i)));

const damagedFiles: [string, Uint8Array][] = [
  ['cut short in its header', packed.subarray(0, 5)],
  ['cut short in its data', packed.subarray(0, packed.length >> 1)],
  ['without its last byte', packed.subarray(0, packed.length - 1)],
  ['with another checksum', packed.map((byte, i) => (i === packed.length - 6 ? byte ^ 1 : byte))],
  ['of noise', packed.map((byte, i) => (i < 10 ? byte : (i * 37) % 256))],
];

describe('gunzip', () => {
  test('what gzip packed comes back', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        expect(await gunzip(new Uint8Array(gzipSync(bytes)), 'file.gz')).toEqual(bytes);
      }),
    );
  });

  test('bytes that are not gzip’s come back as they are, uncopied', async () => {
    await fc.assert(
      fc.asyncProperty(notGzip, async (bytes) => {
        expect(await gunzip(bytes, 'file')).toBe(bytes);
      }),
    );
  });

  test.each(damagedFiles)('a gzip %s is one line that names the file', async (_, bytes) => {
    const attempt = gunzip(bytes, 'images.gz');
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(
      /^images\.gz: the gzip is cut short or corrupt: fetch the file again$/,
    );
  });
});

describe('gunzipStream', () => {
  test('what gzip packed comes back, wherever its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.array(fc.nat(), { maxLength: 20 }), async (bytes, cuts) => {
        const chunks = cut(new Uint8Array(gzipSync(bytes)), cuts);
        expect(await joined(gunzipStream(chunks, 'file.gz'))).toEqual([...bytes]);
      }),
    );
  });

  test('bytes that are not gzip’s pass through, wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(notGzip, fc.array(fc.nat(), { maxLength: 20 }), async (bytes, cuts) => {
        expect(await joined(gunzipStream(cut(bytes, cuts), 'file'))).toEqual([...bytes]);
      }),
    );
  });

  test.each(damagedFiles)('a gzip %s is one line that names the file', async (_, bytes) => {
    const attempt = joined(gunzipStream(cut(bytes, [1, 7, 100]), 'train.csv.gz'));
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow('train.csv.gz: the gzip is cut short or corrupt');
  });

  test('an error of the source comes through as it is', async () => {
    async function* broken() {
      yield packed.subarray(0, 20);
      throw new Error('the disk is gone');
    }
    await expect(joined(gunzipStream(broken(), 'file.gz'))).rejects.toThrow('the disk is gone');
  });

  test.each([
    ['gzip', packed],
    ['plain bytes', new Uint8Array([1, 2, 3])],
  ])('a reader of %s that stops early closes the source', async (_, bytes) => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield bytes;
      } finally {
        closed = true;
      }
    }
    for await (const chunk of gunzipStream(source(), 'file')) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(true);
  });
});
