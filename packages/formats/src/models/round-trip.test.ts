import {
  type ActivationName,
  createNetwork,
  ModelError,
  type ModelFile,
  type ModelRecord,
  parametersSha256,
} from '@longhand/core';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { FILE_KINDS } from '../recognize/kinds.js';
import { fileOf } from '../source/input-file.js';
import { MODEL_READERS, MODEL_WRITERS, readModel, writeModel, writerFor } from './index.js';

const record: ModelRecord = {
  width: 3,
  height: 2,
  classNames: ['eins', 'zwölf 😀', '3'],
  pixelScale: 1 / 255,
  settings: { alpha: 0.1, hidden: [5] },
  results: { iterations: 5 },
};
const features = Array.from({ length: 6 }, (_, i) => ({ name: `x, "${i}"`, min: -0.1 - i, max: 1 / 3 }));
const modelWith = (activation: ActivationName, more: Partial<ModelRecord> = {}): ModelFile => ({
  network: createNetwork({ layers: [6, 5, 4, 3], activation, seed: 3 }),
  record: { ...record, ...more },
});

const READABLE = ['safetensors', 'onnx', 'npz', 'keras-json', 'tfjs', 'javascript'];

async function there(model: ModelFile, name: string, options = {}): Promise<ModelFile> {
  const files = writeModel(model, {
    fileName: `m${writerFor({ fileName: 'm', format: name }).ending}`,
    ...options,
  });
  const [[main, bytes]] = files as unknown as [[string, Uint8Array]];
  const beside = async (path: string) => (files.has(path) ? fileOf(path, files.get(path)!) : undefined);
  return readModel(fileOf(main, bytes), { beside });
}

describe('our own models come back from', () => {
  test.each(READABLE)('%s: parameters to the last bit, and the record', async (name) => {
    for (const model of [modelWith('gelu'), modelWith('leaky-relu', { features, width: 6, height: 1 })]) {
      const back = await there(model, name);
      expect(await parametersSha256(back.network)).toBe(await parametersSha256(model.network));
      expect(back.record).toEqual(model.record);
      expect(back.network.layers.map(({ g }) => g.name)).toEqual(model.network.layers.map(({ g }) => g.name));
      expect(back.notes).toBeUndefined();
    }
  });

  test('ONNX with bytes as input', async () => {
    const model = modelWith('silu');
    expect((await there(model, 'onnx', { uint8: true })).record).toEqual(record);
  });

  test.each([
    ['relu', 'keras', 'Sequential', null],
    ['gelu', 'keras.src.models.functional', 'Functional', 'Functional'],
  ] as const)(
    'Keras 3 finds its class and the size of the input, with %s',
    (activation, module, ...names) => {
      const [text] = [...writeModel(modelWith(activation), { fileName: 'm.keras.json' }).values()];
      const json = JSON.parse(new TextDecoder().decode(text));
      expect([json.module, json.class_name, json.registered_name]).toEqual([module, ...names]);
      const [input, dense] = json.config.layers;
      expect([input.class_name, input.config.batch_input_shape]).toEqual(['InputLayer', [null, 6]]);
      expect(dense.config).not.toHaveProperty('batch_input_shape');
    },
  );

  test('but not from a C header, which says so', async () => {
    await expect(there(modelWith('relu'), 'c')).rejects.toThrow('m.h: is a C header: it does not hold all');
  });
});

test('every reader reads a kind of file that is known, and every format but C is read', () => {
  const kinds = FILE_KINDS.map(({ name }) => name as string);
  for (const { kind } of MODEL_READERS) expect(kinds).toContain(kind);
  expect(MODEL_WRITERS.map(({ name }) => name).filter((name) => !READABLE.includes(name))).toEqual(['c']);
});

test('the ending tells the format; a name that tells none is a clear error', () => {
  expect(writerFor({ fileName: 'a.keras.json' }).name).toBe('keras-json');
  expect(writerFor({ fileName: 'a.json' }).name).toBe('tfjs');
  expect(writerFor({ fileName: 'a.json', format: 'onnx' }).name).toBe('onnx');
  expect(() => writerFor({ fileName: 'a.tflite' })).toThrow(
    'a.tflite: the ending tells no format: expected one of',
  );
  expect(() => writerFor({ fileName: 'a', format: 'pmml' })).toThrow(
    'format "pmml": expected one of safetensors',
  );
});

test('an option that a format does not have is a clear error', () => {
  const model = modelWith('relu');
  expect(() => writeModel(model, { fileName: 'm.js', int8: true })).toThrow(
    'int8: a JavaScript module has no such option',
  );
  const table = modelWith('relu', { features, width: 6, height: 1 });
  expect(() => writeModel(table, { fileName: 'm.onnx', uint8: true })).toThrow(
    'uint8: this model takes the columns',
  );
});

test('ONNX whose parameters have a type that none has: one line that names the file', async () => {
  const [[main, bytes]] = writeModel(modelWith('relu'), { fileName: 'm.onnx' }) as unknown as [
    [string, Uint8Array],
  ];
  // The type of W1 stands before its name; 40 is none.
  const at = Buffer.from(bytes).indexOf(Buffer.from([0x10, 1, 0x42, 2, 0x57, 0x31]));
  bytes[at + 1] = 40;
  await expect(readModel(fileOf(main, bytes))).rejects.toThrow(
    'm.onnx: tensor W1 has 0 numbers: expected 30',
  );
});

test('npz with a column too many in a bias: one line that names the file and the tensor', async () => {
  const [[main, bytes]] = writeModel(modelWith('relu'), { fileName: 'm.npz' }) as unknown as [
    [string, Uint8Array],
  ];
  const entries = unzipSync(bytes);
  const array = Buffer.from(entries['b1.npy']!);
  const wide = Buffer.from(array.toString('latin1').replace('(5, 1)', '(5, 2)'), 'latin1');
  entries['b1.npy'] = Buffer.concat([wide, array.subarray(-20)]);
  await expect(readModel(fileOf(main, zipSync(entries)))).rejects.toThrow(
    'm.npz: tensor b1 has 10 numbers: expected 5',
  );
});

describe.each(['onnx', 'npz', 'keras-json', 'tfjs', 'javascript', 'safetensors'])(
  'a damaged %s file',
  (name) => {
    const files = writeModel(modelWith('tanh'), {
      fileName: `m${writerFor({ fileName: 'm', format: name }).ending}`,
    });
    const [[main, bytes]] = files as unknown as [[string, Uint8Array]];
    const beside = async (path: string) => (files.has(path) ? fileOf(path, files.get(path)!) : undefined);

    test('is a model, or one line that names it', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
          fc.option(fc.nat(bytes.length), { freq: 4 }),
          async (changes, cut) => {
            const damaged = bytes.slice(0, cut ?? bytes.length);
            for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
            try {
              await readModel(fileOf(main, damaged), { beside });
            } catch (error) {
              expect(error, String((error as Error).stack)).toBeInstanceOf(ModelError);
              expect((error as ModelError).message).toMatch(/^m\.[^\n]+$/);
            }
          },
        ),
        { numRuns: 300 },
      );
    });
  },
);
