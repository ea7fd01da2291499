import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelError } from '../errors.js';
import { createNetwork, parameters } from '../maths/network.js';
import { putSum, summedParts } from './checksum.js';
import { parametersSha256 } from './fingerprint.js';
import { decodeModel, encodeModel, type ModelFile } from './model.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const network = createNetwork({ layers: [4, 3, 2], activation: 'tanh', seed: 7 });
const record = {
  width: 2,
  height: 2,
  classNames: ['odd', 'even'],
  pixelScale: 1 / 255,
  settings: { alpha: 0.1, hidden: [3], batchSize: 'full' },
  results: { iterations: 500 },
};
const file = encodeModel({ network, record });

/** The same file with another header, its length put right. */
function withHeader(change: (header: Record<string, Record<string, unknown>>) => void): Uint8Array {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)));
  change(header);
  const json = new TextEncoder().encode(JSON.stringify(header));
  const changed = new Uint8Array(8 + json.length + file.length - 8 - headerBytes);
  new DataView(changed.buffer).setBigUint64(0, BigInt(json.length), true);
  changed.set(json, 8);
  changed.set(file.subarray(8 + headerBytes), 8 + json.length);
  return header.__metadata__?.sha256 === undefined ? changed : resealed(changed);
}

/** The file with the right sum, so that it is refused for what else is wrong. */
function resealed(bytes: Uint8Array): Uint8Array {
  putSum(
    bytes,
    createHash('sha256')
      .update(Buffer.concat(summedParts(bytes)))
      .digest('hex'),
  );
  return bytes;
}

const read = (bytes: Uint8Array): ModelFile => decodeModel(bytes, 'm.safetensors');

test('a model survives being written and read: parameters, activations, record', () => {
  const model = read(file);
  expect(model.record).toEqual(record);
  expect([...parameters(model.network)]).toEqual([...parameters(network)]);
  expect(model.network.layers[0]!.g.name).toBe('tanh');
  expect(model.network.output.name).toBe('softmax');
});

test('a model of a table has its columns, and their ranges to the last bit', () => {
  const features = Array.from({ length: 4 }, (_, i) => ({ name: `"x", ${i}`, min: -0.1 - i, max: 1 / 3 }));
  const table = { ...record, width: 4, height: 1, features };
  expect(read(encodeModel({ network, record: table })).record).toEqual(table);
  for (const [wrong, message] of [
    [features.slice(1), 'contradict each other: .* 3 features'],
    [features.map((feature) => ({ ...feature, min: 1 })), '"features" cannot be read'],
    [features.map((feature) => ({ ...feature, max: Number.NaN })), '"features" cannot be read'],
  ] as const) {
    const bytes = encodeModel({ network, record: { ...table, features: wrong } });
    expect(() => read(bytes)).toThrow(ModelError);
    expect(() => read(bytes)).toThrow(new RegExp(message));
  }
});

test('the tensors begin at a multiple of 8 bytes and follow each other in the order W1, b1, W2, b2', () => {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(headerBytes % 8).toBe(0);
  expect(file.length).toBe(8 + headerBytes + 4 * (12 + 3 + 6 + 2));
  expect([...decodeSafetensors(file, 'm').tensors.keys()]).toEqual(['W1', 'b1', 'W2', 'b2']);
  expect(new DataView(file.buffer).getFloat32(8 + headerBytes, true)).toBe(network.layers[0]!.W.data[0]);
});

test("a file that the format's own library wrote is read: its tensors come in another order", () => {
  // Written by tests/fixtures/write_model.py with safetensors 0.8.0, which also reads what we write.
  const path = new URL('../../../../tests/fixtures/model.safetensors', import.meta.url);
  const { tensors } = decodeSafetensors(readFileSync(path), 'm');
  expect([...tensors.keys()]).not.toEqual(['W1', 'b1', 'W2', 'b2']);
  const { network: theirs, record: told } = decodeModel(readFileSync(path), 'm');
  expect([...parameters(theirs)].map(({ data }) => [...data])).toEqual([
    Array.from({ length: 12 }, (_, i) => i / 4),
    [-0, -1, -2],
    [100, 101, 102, 103, 104, 105],
    [1, 0.5],
  ]);
  expect(told).toEqual({ ...record, settings: { alpha: 0.1 }, results: {} });
});

test('safetensors: any tensors and metadata survive', () => {
  const tensor = fc.array(fc.nat(4), { maxLength: 3 }).chain((shape) =>
    fc
      .array(fc.float({ noNaN: true }), {
        minLength: shape.reduce((a, b) => a * b, 1),
        maxLength: shape.reduce((a, b) => a * b, 1),
      })
      .map((values) => ({ shape, values: Float32Array.from(values) })),
  );
  fc.assert(
    fc.property(
      fc.array(tensor, { maxLength: 4 }),
      fc.dictionary(fc.string(), fc.string()),
      (list, metadata) => {
        const tensors = new Map(list.map((entry, i) => [`t${i}`, entry]));
        const back = decodeSafetensors(encodeSafetensors({ tensors, metadata }), 'm');
        expect(Object.entries(back.metadata).sort()).toEqual(Object.entries(metadata).sort());
        for (const [name, { shape, values }] of tensors) {
          expect(back.tensors.get(name)!.shape).toEqual(shape);
          expect([...back.tensors.get(name)!.values]).toEqual([...values]);
        }
      },
    ),
  );
});

test('the fingerprint is SHA-256 over the parameters as 32-bit floats in the order of the file', async () => {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  const digest = await crypto.subtle.digest('SHA-256', file.slice(8 + headerBytes));
  expect(await parametersSha256(network)).toBe(Buffer.from(digest).toString('hex'));
});

describe('a damaged model file is one line that names the file', () => {
  const huge = file.slice();
  new DataView(huge.buffer).setBigUint64(0, 2n ** 60n, true);
  const notJson = file.slice();
  notJson[8] = 0x7a;
  const nan = file.slice();
  new DataView(nan.buffer).setFloat32(file.length - 8, Number.NaN, true);
  const infinite = file.slice();
  new DataView(infinite.buffer).setFloat32(file.length - 4, Number.POSITIVE_INFINITY, true);

  const damaged: [string, Uint8Array, string][] = [
    ['empty', new Uint8Array(), 'found 0 bytes: it is cut short'],
    ['cut short in the header', file.subarray(0, 50), 'it is cut short'],
    ['cut short in the tensors', file.subarray(0, file.length - 1), 'the file is cut short'],
    ['too long', new Uint8Array([...file, 0]), 'the file is too long'],
    ['with a header of 2⁶⁰ bytes', huge, 'its header claims 1152921504606846976 bytes'],
    ['whose header is no JSON', notJson, 'not a JSON object'],
    ['with a NaN weight', resealed(nan), 'tensor b2 holds NaN at entry 0'],
    ['with an infinite weight', resealed(infinite), 'tensor b2 holds Infinity at entry 1'],
    [
      'with overlapping offsets',
      withHeader(({ b1 }) => {
        b1!.data_offsets = [40, 52];
      }),
      'inside the one before',
    ],
    [
      'with a hole',
      withHeader(({ b2 }) => {
        b2!.data_offsets = [88, 96];
      }),
      'hole of 4 bytes',
    ],
    [
      'with another type',
      withHeader(({ W1 }) => {
        W1!.dtype = 'F16';
      }),
      'has the type "F16": expected F32',
    ],
    [
      'with a shape that does not fit its bytes',
      withHeader(({ W1 }) => {
        W1!.shape = [3, 5];
      }),
      'needs 60 bytes',
    ],
    [
      'with a negative shape',
      withHeader(({ W1 }) => {
        W1!.shape = [-3, -4];
      }),
      'no shape of whole numbers',
    ],
    [
      'with a shape against its metadata',
      withHeader(({ W1 }) => {
        W1!.shape = [4, 3];
      }),
      'its metadata say [3,4]',
    ],
    [
      'without a tensor',
      withHeader((header) => {
        header.W9 = header.W1!;
        delete header.W1;
      }),
      'tensor W1 is missing',
    ],
    [
      'of another program',
      withHeader((header) => {
        header.__metadata__ = { format: 'pt' };
      }),
      'not a model of Longhand (format "pt")',
    ],
    [
      'without metadata',
      withHeader((header) => {
        delete header.__metadata__;
      }),
      'not a model of Longhand (format null)',
    ],
    [
      'with contradicting metadata',
      withHeader(({ __metadata__ }) => {
        __metadata__!.picture = '[5,5]';
      }),
      'contradict each other',
    ],
    [
      'with unreadable metadata',
      withHeader(({ __metadata__ }) => {
        __metadata__!.layers = '[4,';
      }),
      '"layers" cannot be read',
    ],
    [
      'with an unknown activation',
      withHeader(({ __metadata__ }) => {
        __metadata__!.activations = '["toString"]';
      }),
      '"activations" cannot be read',
    ],
    [
      'with an output that is only a property of every object',
      withHeader(({ __metadata__ }) => {
        __metadata__!.output = 'constructor';
      }),
      'it has the output "constructor": expected one of softmax, sigmoid',
    ],
    [
      'with a line end in its metadata',
      withHeader(({ __metadata__ }) => {
        __metadata__!.layers = 'four\nthree';
      }),
      String.raw`"layers" cannot be read: "four\nthree"`,
    ],
    [
      'with a line end in the name of a tensor',
      withHeader((header) => {
        header['W1\nW2'] = { dtype: 'F64' };
      }),
      String.raw`tensor "W1\nW2" has the type "F64"`,
    ],
  ];

  test.each(damaged)('%s', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(ModelError);
    expect(() => read(bytes)).toThrow(message);
    expect(() => read(bytes)).toThrow(/^m\.safetensors: [^\n]+$/);
  });

  test('one flipped bit, wherever it is, is refused', () => {
    fc.assert(
      fc.property(fc.nat(8 * file.length - 1), (bit) => {
        const changed = file.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => read(changed)).toThrow(ModelError);
        expect(() => read(changed)).toThrow(/^m\.safetensors: [^\n]+$/);
      }),
      { numRuns: 3000 },
    );
  });

  test('without a sum, whatever byte is changed: a model, or a ModelError, nothing else', () => {
    const old = withHeader((header) => {
      const { sha256: _, ...metadata } = header.__metadata__!;
      header.__metadata__ = { ...metadata, format: 'longhand 1' };
    });
    expect(read(old).notes).toEqual([expect.stringMatching(/^it has no checksum/)]);
    fc.assert(
      fc.property(fc.nat(old.length - 1), fc.nat(255), (at, value) => {
        const changed = old.slice();
        changed[at] = value;
        try {
          read(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
          expect((error as ModelError).message).toMatch(/^m\.safetensors: [^\n]+$/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a model with its sum is read without a note', () => {
    expect(read(file).notes).toBeUndefined();
  });
});
