import { ModelError } from '@longhand/core';
import { expect, test } from 'vitest';
import { fileOf } from '../source/input-file.js';
import { readModel } from './index.js';

const PARTS = 2_500_000;
const text = (json: string) => new TextEncoder().encode(json);

function safetensors(header: string): Uint8Array {
  const json = text(header);
  const file = new Uint8Array(8 + json.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

/** A graph whose field has so many empty messages. */
function onnx(field: number): Uint8Array {
  const length = 2 * PARTS;
  const size = [0, 7, 14, 21].map((bits) => ((length >> bits) & 0x7f) | (bits < 21 ? 0x80 : 0));
  const file = new Uint8Array(3 + 2 + 1 + 4 + length);
  file.set([0x08, 7, 0x12, 1, 0x78, 0x3a, ...size]);
  for (let at = 10; at < file.length; at += 2) file[at] = (field << 3) | 2;
  return file;
}

test.each<[string, Uint8Array, string]>([
  [
    'a deep header',
    safetensors(`{"a":${'['.repeat(PARTS)}`),
    'its header has more parts than that of a model',
  ],
  [
    'many tensors',
    safetensors(`{${'"a":{},'.repeat(200_000)}}`),
    'its header has more parts than that of a model',
  ],
  [
    'many lists',
    text(`{"class_name":"Sequential","weights":[${'[],'.repeat(PARTS)}[]]}`),
    'more lists and objects',
  ],
  ['many constants', onnx(5), 'more than 2000 constants'],
  ['many operations', onnx(1), 'more than 2000 operations'],
  ['many outputs', onnx(12), 'more than 2000 outputs'],
])('%s: refused at once', async (_, bytes, message) => {
  const before = performance.now();
  await expect(readModel(fileOf('m', bytes))).rejects.toThrow(ModelError);
  await expect(readModel(fileOf('m', bytes))).rejects.toThrow(message);
  expect(performance.now() - before).toBeLessThan(5000);
});
