import { expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import type { ModelFile } from '../formats/model.js';
import { forward } from '../maths/forward.js';
import { matrix } from '../maths/matrix.js';
import { createNetwork, type Network } from '../maths/network.js';
import { createRandom } from '../random.js';
import { stagesOfLesson } from './lesson.js';
import { teach } from './teach.js';
import { train } from './train.js';

/** Bars at three places in pictures of 6 × 6, with noise. */
function bars(length: number, seed: number): Dataset {
  const random = createRandom(seed, 'bars');
  const labels = Uint8Array.from({ length }, (_, i) => i % 3);
  const pixels = Uint8Array.from({ length: 36 * length }, (_, at) => {
    const isBar = (at % 6) >> 1 === labels[Math.floor(at / 36)]!;
    return isBar ? 180 + random.below(76) : random.below(120);
  });
  return new Dataset({ pixels, labels, width: 6, height: 6, classNames: ['a', 'b', 'c'] });
}

const training = bars(300, 1);
const testSet = bars(300, 2);

async function trained(layers: readonly number[]): Promise<ModelFile> {
  const options = { batchSize: 10, epochs: 3, alpha: 0.3, threads: 0 } as const;
  const run = train(createNetwork({ layers, initialization: 'he' }), training, options);
  for await (const _ of run);
  const record = { width: 6, height: 6, classNames: training.classNames, pixelScale: 1 / 255 };
  return { network: run.network, record: { ...record, settings: { dev: 30, seed: 1 }, results: {} } };
}

/** A bar that lies: it is like no other picture. */
const lying = Uint8Array.from({ length: 36 }, (_, at) => (Math.floor(at / 6) === 2 ? 250 : 0));

const weightsOf = ({ layers }: Network) => layers.flatMap(({ W, b }) => [...W.data, ...b.data]);

test('a picture is taught, and the answers to other pictures stay', async () => {
  const model = await trained([36, 12, 3]);
  const before = weightsOf(model.network);
  for (const label of [0, 1, 2]) {
    const lesson = teach({ model, pictures: [[lying]], label, training, test: testSet });
    const [{ after }] = lesson.pictures as [(typeof lesson.pictures)[0]];
    expect(['taught', 'known']).toContain(lesson.outcome);
    expect([after.answer, after.probabilities[label]! >= 0.95]).toEqual([label, true]);
    if (lesson.outcome === 'known') continue;
    const { results } = lesson.model.record;
    expect(lesson.test!.after.accuracy).toBeGreaterThanOrEqual(lesson.test!.before.accuracy - 0.001);
    expect(results.taught).toEqual([training.classNames[label]]);
    expect(results.test).toEqual(lesson.test!.after);
  }
  expect(weightsOf(model.network)).toEqual(before);
});

test('several pictures with several frames are taught together, whatever the layers', async () => {
  const slanted = Uint8Array.from({ length: 36 }, (_, at) => (Math.floor(at / 6) === at % 6 ? 255 : 0));
  for (const layers of [
    [36, 3],
    [36, 10, 8, 3],
  ]) {
    const model = await trained(layers);
    const { outcome, pictures } = teach({ model, pictures: [[lying, lying], [slanted]], label: 2, training });
    expect(outcome).toBe('taught');
    for (const { after } of pictures) expect(after.probabilities[2]).toBeGreaterThan(0.9);
  }
});

test('a lesson that would cost too much is refused, and the model is the same', async () => {
  const model = await trained([36, 3]);
  // The very picture of a class, as another one: whoever reads it so reads all of its class so.
  const typical = Uint8Array.from({ length: 36 }, (_, at) => ((at % 6) >> 1 === 1 ? 217 : 60));
  const lesson = teach({ model, pictures: [[typical]], label: 0, training, test: testSet });
  expect(lesson.outcome).toBe('refused');
  expect(lesson.model).toBe(model);
  expect(lesson.pictures[0]!.after).toEqual(lesson.pictures[0]!.before);
  expect(lesson.dev!.after.accuracy).toBeLessThan(lesson.dev!.before.accuracy);
});

test('what lessons cost is counted from the model before the first of them', async () => {
  const { network, record } = await trained([36, 12, 3]);
  const request = { pictures: [[lying]], training, test: testSet };
  const untaught = { dev: 1.1, test: 1.1 };
  const worn: ModelFile = { network, record: { ...record, results: { untaught, taught: ['a'] } } };
  const fresh: ModelFile = { network, record: { ...record, results: {} } };
  const labels = [0, 1, 2].filter((label) => teach({ ...request, label, model: fresh }).outcome === 'taught');
  // As one of the three it may be read already.
  expect(labels.length).toBeGreaterThanOrEqual(2);
  for (const label of labels) expect(teach({ ...request, label, model: worn }).outcome).toBe('refused');
  const { model } = teach({ ...request, label: labels[0]!, model: fresh });
  expect(Object.keys(model.record.results.untaught!)).toEqual(['dev', 'test']);
});

test('of all changes of a layer that move a picture as far, the lesson moves known pictures least', async () => {
  const { network } = await trained([36, 12, 3]);
  const known = Array.from({ length: 100 }, (_, i) => training.pixels(i));
  const request = { taught: [lying], label: 2, known, pixelScale: 1 / 255 };
  const [stage] = stagesOfLesson(network, request, 1, [0.9]);
  const inputs = (pictures: readonly Uint8Array[]) => {
    const X = matrix(36, pictures.length);
    for (const [j, picture] of pictures.entries()) {
      for (const [at, byte] of picture.entries()) X.data[at * X.cols + j] = byte / 255;
    }
    return X;
  };
  const sums = ({ layers, output }: Network, pictures: readonly Uint8Array[]) =>
    forward({ layers, output }, inputs(pictures)).Z.at(-1)!.data;
  const moved = (other: Network, pictures: readonly Uint8Array[]) => {
    const before = sums(network, pictures);
    return sums(other, pictures).map((value, at) => value - before[at]!);
  };
  const square = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
  const own = moved(stage!.network, [lying]);
  const cost = square(moved(stage!.network, known));
  // Other directions: that of the picture itself (plain gradient descent), and random ones.
  const a = [...forward(network, inputs([lying])).A[1]!.data, 1];
  const random = createRandom(1, 'directions');
  const directions = [a, ...Array.from({ length: 20 }, () => a.map((value) => value + random.uniform()))];
  for (const direction of directions) {
    const reach = a.reduce((sum, value, c) => sum + value * direction[c]!, 0);
    const last = network.layers[1]!;
    const W = last.W.data.map((w, at) => w + (own[Math.floor(at / 12)]! * direction[at % 12]!) / reach);
    const b = last.b.data.map((value, r) => value + (own[r]! * direction[12]!) / reach);
    const layer = { ...last, W: matrix(3, 12, W), b: matrix(3, 1, b) };
    const other = { ...network, layers: [network.layers[0]!, layer] };
    expect(moved(other, [lying])[2]).toBeCloseTo(own[2]!, 4);
    expect(square(moved(other, known))).toBeGreaterThan(0.99 * cost);
  }
});

test('what cannot be taught is named', async () => {
  const model = await trained([36, 3]);
  const request = { model, training, label: 0 };
  expect(() => teach({ ...request, pictures: [] })).toThrow('expected a picture to teach, found none');
  expect(() => teach({ ...request, pictures: [[new Uint8Array(35)]] })).toThrow('a picture of 35 pixels');
  expect(() => teach({ ...request, pictures: [[lying]], label: 3 })).toThrow('label 3');
});
