import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DataError } from '@longhand/core/errors';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DIGITS_FILES, type DigitsName } from './files.js';
import { unpackDigits } from './unpack.js';

const packed = (name: DigitsName) =>
  new Uint8Array(readFileSync(new URL(`./digits/${DIGITS_FILES[name].packed}`, import.meta.url)));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('unpacking', () => {
  test.each(Object.keys(DIGITS_FILES) as DigitsName[])('%s: the original file', async (name) => {
    const bytes = await unpackDigits(packed(name), name);
    expect(bytes.length).toBe(DIGITS_FILES[name].bytes);
    expect(sha256(bytes)).toBe(DIGITS_FILES[name].sha256);
  });

  test('a host may have undone gzip already', async () => {
    const inflated = new Uint8Array(gunzipSync(packed('testLabels')));
    expect(sha256(await unpackDigits(inflated, 'testLabels'))).toBe(DIGITS_FILES.testLabels.sha256);
  });

  test('one changed byte is refused, with both sums', async () => {
    const inflated = new Uint8Array(gunzipSync(packed('testLabels')));
    const k = inflated.findIndex((byte, at) => at > 20 && byte === 7);
    inflated[k] = 8;
    const unpacking = unpackDigits(gzipSync(inflated), 'testLabels');
    await expect(unpacking).rejects.toThrow(DataError);
    await expect(unpacking).rejects.toThrow(
      `t10k-labels.bin: expected SHA-256 ${DIGITS_FILES.testLabels.sha256}, found `,
    );
  });

  test('a file that is cut short, another of the files, and a web page are refused', async () => {
    await expect(unpackDigits(packed('testLabels').subarray(0, 1000), 'testLabels')).rejects.toThrow(
      't10k-labels.bin: the gzip is cut short or corrupt',
    );
    await expect(unpackDigits(packed('testLabels'), 'trainingLabels')).rejects.toThrow(
      'train-labels.bin: expected 60008 bytes, found 10008',
    );
    const page = new TextEncoder().encode('<!doctype html><title>My page</title>');
    await expect(unpackDigits(page, 'testLabels', '/digits')).rejects.toThrow(
      '/digits: expected packed digits of @longhand/mnist, found a file that starts with "<!doctype html>"',
    );
  });
});

describe('without the modules of Node', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('the same, with the means of a web page', async () => {
    // The test runner itself needs the rest of `process`.
    vi.stubGlobal('process', Object.create(process, { versions: { value: {} } }));
    const bytes = await unpackDigits(packed('testLabels'), 'testLabels');
    await expect(unpackDigits(packed('testLabels').subarray(0, 1000), 'testLabels')).rejects.toThrow(
      DataError,
    );
    const inflated = gunzipSync(packed('testLabels'));
    inflated[inflated.length - 1]! ^= 1;
    await expect(unpackDigits(gzipSync(inflated), 'testLabels')).rejects.toThrow('SHA-256');
    vi.unstubAllGlobals();
    expect(sha256(bytes)).toBe(DIGITS_FILES.testLabels.sha256);
  });
});
