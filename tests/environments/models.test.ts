// Every way out, proven by the programs that it is for: the same probabilities for 1,000 digits of the test set.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
  createNetwork,
  Dataset,
  type Feature,
  layerSizes,
  type ModelFile,
  type ModelRecord,
} from '@longhand/core';
import { byteOf } from '@longhand/core/data';
import { createPredictor } from '@longhand/core/engine';
import { decodeModel } from '@longhand/core/files';
import { ACTIVATION_NAMES, createRandom } from '@longhand/core/maths';
import { quantized, writeModel } from '@longhand/formats/models';
import { mnistTest } from '@longhand/mnist';
import { beforeAll, describe, expect, test } from 'vitest';
import { compiler, pythonWithOnnx } from '../runtimes/installed.js';
import { ROOT } from '../runtimes/repository.js';
import { outcomeOf, PROGRAMS, run, temporaryFolder, toolFolder } from './project.js';

const DIGITS = 1000;
const TOLERANCE = 1e-5;

const mnist: ModelRecord = {
  width: 28,
  height: 28,
  classNames: [...'0123456789'],
  pixelScale: 1 / 255,
  settings: {},
  results: {},
};

/** Small networks of every activation and output, a trained one, words as classes, a table. */
const cases = new Map<string, ModelFile>(
  ACTIVATION_NAMES.map((activation, k) => {
    const hidden = k === 0 ? [20, 16] : [16];
    const options = { layers: [784, ...hidden, 10], activation, initialization: 'he', seed: k + 1 } as const;
    const output = activation === 'tanh' ? 'sigmoid' : 'softmax';
    const network = createNetwork({ ...options, output });
    const name = activation.replace('-', '_');
    return [name, { network, record: mnist }];
  }),
);
const trained = readFileSync(path.join(ROOT, 'packages/studio/models/draw.safetensors'));
cases.set('trained', decodeModel(trained, 'draw'));
cases.set('words', {
  network: createNetwork({ layers: [784, 3], initialization: 'he' }),
  record: { ...mnist, classNames: ['zéro', 'a "one" */ \\', 'zwei?'] },
});
const features: Feature[] = [
  { name: 'height', min: -1.5, max: 2.25 },
  { name: 'always the same', min: 3, max: 3 },
  { name: 'weight */', min: 10, max: 4000 },
];
cases.set('table', {
  network: createNetwork({ layers: [3, 8, 3], activation: 'silu' }),
  record: { ...mnist, width: 3, height: 1, classNames: ['7', '-3', '12'], features },
});

interface Inputs {
  /** As a person has them: bytes of pixels, or values of columns. */
  readonly raw: Float32Array;
  readonly bytes: Uint8Array;
}

let folder: string;
/** The expected probabilities: of the model and of its 8-bit weights. */
const expected = new Map<string, Float32Array>();
const inputsOf = new Map<string, Inputs>();

beforeAll(async () => {
  folder = temporaryFolder();
  const digits = (await mnistTest()).slice(0, DIGITS);
  const pixels = new Uint8Array(DIGITS * 784);
  for (let i = 0; i < DIGITS; i++) pixels.set(digits.pixels(i), 784 * i);
  const random = createRandom(1, 'examples');
  for (const [name, model] of cases) {
    const { network, record } = model;
    const table = record.features;
    const raw = table
      ? Float32Array.from({ length: 3 * DIGITS }, (_, k) => {
          const { min, max } = table[k % 3]!;
          return min + (max - min) * (1.4 * random.uniform() - 0.2);
        })
      : Float32Array.from(pixels);
    const bytes = table ? Uint8Array.from(raw, (value, k) => byteOf(value, table[k % 3]!)) : pixels;
    inputsOf.set(name, { raw, bytes });
    for (const [which, one] of [
      [name, model],
      [`${name}8`, quantized(model)],
    ] as const)
      expected.set(which, probabilitiesOf(one, bytes));
    const put = (file: string, values: Float32Array) => writeFileSync(path.join(folder, file), values);
    put(`${name}.inputs`, raw);
    put(
      `${name}.scaled`,
      Float32Array.from(bytes, (byte) => byte * record.pixelScale),
    );
    put(`${name}.expected`, expected.get(name)!);
    save(model, `${name}.onnx`);
    if (!table) save(model, `${name}-bytes.onnx`, { uint8: true });
    for (const ending of ['npz', 'json', 'keras.json', 'js', 'h']) save(model, `${name}.${ending}`);
    save(model, `${name}8.h`, { int8: true });
    expect(layerSizes(network)[0]).toBe(bytes.length / DIGITS);
  }
  const list = Array.from(cases, ([name, { network, record }]) => ({
    ...{ name, inputs: layerSizes(network)[0], classes: record.classNames.length },
    ...{ shape: [record.height, record.width], classNames: record.classNames, isTable: !!record.features },
  }));
  writeFileSync(path.join(folder, 'cases.json'), JSON.stringify(list));
});

function save(model: ModelFile, fileName: string, options = {}): void {
  for (const [name, bytes] of writeModel(model, { fileName, ...options }))
    writeFileSync(path.join(folder, name), bytes);
}

/** In 64-bit floats. */
function probabilitiesOf({ network, record }: ModelFile, pixels: Uint8Array): Float32Array {
  const { pixelScale, width, height, classNames } = record;
  const dataset = new Dataset({ pixels, labels: new Uint8Array(DIGITS), width, height, classNames });
  return createPredictor(network, { pixelScale, engine: 'maths' }).predictAll(dataset).probabilities;
}

/** Each difference is below the tolerance, and all cases are there. The largest is printed. */
function expectSame(
  format: string,
  differences: Readonly<Record<string, number | string>>,
  names: string[],
): void {
  expect(Object.keys(differences).sort()).toEqual(names.sort());
  for (const [name, difference] of Object.entries(differences)) {
    expect(typeof difference, `${format}, ${name}: ${difference}`).toBe('number');
    expect(difference, `${format}, ${name}`).toBeLessThan(TOLERANCE);
  }
  const largest = Math.max(...(Object.values(differences) as number[]));
  process.stdout.write(`${format}: largest difference ${largest.toExponential(1)}\n`);
}

const all = () => [...cases.keys()];
const pictures = () => all().filter((name) => name !== 'table');

test('onnxruntime-web, TensorFlow.js and Node give the same answers', (context) => {
  const tool = toolFolder('models', context);
  // Beside the tool's node_modules, so that its packages are found.
  const program = path.join(temporaryFolder(tool), 'check.mjs');
  copyFileSync(path.join(PROGRAMS, 'models', 'check.mjs'), program);
  const { outcome } = outcomeOf<{
    differences: Record<string, Record<string, number | string>>;
    labels: { name: string; wrong: number }[];
  }>(process.execPath, [program, folder], tool);
  const { differences, labels } = outcome;
  expect(Object.keys(differences)).toEqual(['onnx', 'onnx, uint8', 'tfjs', 'keras-json', 'javascript']);
  for (const [format, ofCases] of Object.entries(differences))
    expectSame(format, ofCases, format === 'onnx, uint8' ? pictures() : all());
  expect(labels).toHaveLength(2 * cases.size);
  // Where two probabilities are as good as equal, another order of the sums can give the other one.
  for (const { name, wrong } of labels) expect(wrong, `labels of ${name}`).toBeLessThanOrEqual(1);
});

test('NumPy gives the same answers, and onnx finds its files in order', (context) => {
  const python = pythonWithOnnx(context);
  const { outcome } = outcomeOf<{ differences: Record<string, number>; checked: string[] }>(
    python,
    [path.join(PROGRAMS, 'models', 'check.py'), folder],
    folder,
  );
  expectSame('npz', outcome.differences, all());
  expect(outcome.checked).toHaveLength(cases.size + pictures().length);
});

describe('C', () => {
  test('compiles without a warning, and gives the same answers with floats and with 8 bits', (context) => {
    const cc = compiler(context);
    const names = all().flatMap((name) => [name, `${name}8`]);
    writeFileSync(path.join(folder, 'main.c'), mainProgram(names));
    const flags = ['-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror', '-O1'];
    run(cc, [...flags, 'main.c', '-o', 'main', '-lm'], folder);
    run(path.join(folder, 'main'), [], folder);
    const differences = (ending: string) =>
      Object.fromEntries(
        all().map((name) => {
          const file = readFileSync(path.join(folder, `${name}${ending}.found`));
          const found = new Float32Array(new Uint8Array(file).buffer);
          const right = expected.get(`${name}${ending}`)!;
          expect(found).toHaveLength(right.length);
          return [name, found.reduce((most, value, i) => Math.max(most, Math.abs(value - right[i]!)), 0)];
        }),
      );
    expectSame('c', differences(''), all());
    expectSame('c, int8', differences('8'), all());
  });
});

/** Reads the inputs of each case, and writes what the headers answer. */
function mainProgram(names: readonly string[]): string {
  const runs = names.map((name) => {
    const { record } = cases.get(name.replace(/8$/, ''))!;
    const type = record.features ? 'float' : 'uint8_t';
    return `  {
    FILE *in = fopen("${name.replace(/8$/, '')}.inputs", "rb"), *out = fopen("${name}.found", "wb");
    float raw[${name.toUpperCase()}_INPUTS], probabilities[${name.toUpperCase()}_CLASSES];
    ${type} input[${name.toUpperCase()}_INPUTS];
    if (!in || !out) return 1;
    while (fread(raw, sizeof raw, 1, in) == 1) {
      for (int i = 0; i < ${name.toUpperCase()}_INPUTS; i++) input[i] = (${type})raw[i];
      if (${name}_predict(input, 0) != ${name}_predict(input, probabilities)) return 2;
      if (fwrite(probabilities, sizeof probabilities, 1, out) != 1) return 3;
    }
    fclose(in);
    fclose(out);
  }`;
  });
  return `#include <stdio.h>
${names.map((name) => `#include "${name}.h"`).join('\n')}

int main(void) {
${runs.join('\n')}
  return 0;
}
`;
}
