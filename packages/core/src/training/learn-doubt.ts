import { MAX_CLASSES } from '../data/class-names.js';
import { Dataset } from '../data/dataset.js';
import { drawExample, drawNonDigits, hasFrames } from '../data/non-digits/index.js';
import { createPredictor } from '../engine/api/predictor.js';
import { calibration } from '../evaluation/calibration.js';
import { trustIn, withTemperature } from '../evaluation/doubt.js';
import type { DoubtRecord, StrangerLayer, StrangerRecord } from '../evaluation/doubt-record.js';
import { createStranger, halved } from '../evaluation/stranger.js';
import { argmax } from '../maths/argmax.js';
import { createNetwork, type Layer, type Network } from '../maths/network.js';
import { createRandom } from '../random.js';
import type { Settings } from '../settings/setting.js';
import { pixelScaleOf } from './plan.js';
import { type TrainOptions, train } from './train.js';

/** Of the dev examples, the share that is in doubt. */
const DOUBTED = 0.01;
/** With fewer dev examples than this, a threshold that one in a hundred exceeds is a guess. */
const LEAST_DEV = 500;
/** With fewer examples, there is too little to tell strangers from. */
const LEAST_TRAINING = 1000;
/** A network that is more often wrong has nothing to be sure of. */
const LEAST_ACCURACY = 0.5;
/** Training examples that strangers are told from, and as many strangers: at most so many, and this share. */
const EXAMPLES = 30_000;
const TRAINED_SHARE = 0.8;
/** The training examples that are left, for the threshold: at most so many. */
const LEFT = 10_000;
/** About the share of the time that drawing the strangers takes. */
const DRAWING = 0.3;
/** Iterations between two reports of progress. */
const REPORT_EVERY = 50;
const SIDE = 14;
const HIDDEN = 192;
const SETTINGS = {
  ...({ optimizer: 'adamw', alpha: 0.002, weightDecay: 0.001, schedule: 'cosine' } as const),
  ...{ batchSize: 128, epochs: 12 },
};

/** What doubt is learnt from. */
export interface DoubtRequest {
  /** The network that was trained. */
  readonly network: Network;
  /** The examples that it was trained on. */
  readonly training: Dataset;
  /** Examples that it was not trained on. */
  readonly dev: Dataset | undefined;
  /** The settings of the run, complete. */
  readonly settings: Settings;
  /** How the engine's workers are started, as in `train`. */
  readonly engine?: Pick<TrainOptions, 'worker' | 'spawn' | 'threads'>;
  /** Called with the share that is done, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Learns when the answers of a network are in doubt. The same network, data and seed give the same record.
 *
 * A small network of its own learns to tell the training examples from drawn pictures that are none. The
 * temperature makes the right answers of the dev examples as likely as they can be. The threshold is the trust
 * that one example in a hundred stays below: the confidences are those of dev, and because a thousand examples
 * are few for that, the strangeness is that of training examples which the small network has not seen.
 *
 * @returns nothing for runs with the engine `maths`, which is for small examples; for tables; for
 *   pictures of another size than MNIST's; with too few examples; and for a network that is wrong more
 *   often than right
 */
export async function learnDoubt(request: DoubtRequest): Promise<DoubtRecord | undefined> {
  const { network, training, dev, settings } = request;
  if (
    settings.engine === 'maths' ||
    !dev ||
    dev.length < LEAST_DEV ||
    training.length < LEAST_TRAINING ||
    training.classNames.length >= MAX_CLASSES ||
    !hasFrames(training)
  )
    return undefined;
  const { probabilities } = createPredictor(network, { pixelScale: pixelScaleOf(settings) }).predictAll(dev);
  const classes = dev.classNames.length;
  const answers = Array.from({ length: dev.length }, (_, i) =>
    probabilities.slice(i * classes, (i + 1) * classes),
  );
  const isRight = (i: number) => argmax(answers[i]!) === dev.label(i);
  const right = answers.filter((_, i) => isRight(i)).length;
  if (right < LEAST_ACCURACY * dev.length) return undefined;
  const temperature = rounded(temperatureOf(answers, dev));
  const errorAt = (T: number) => {
    const confidences = answers.map((answer) => Math.max(...withTemperature(answer, T)));
    return rounded(calibration(confidences, isRight).error);
  };
  const known = training.shuffle({ seed: settings.seed });
  const count = Math.min(EXAMPLES, Math.floor(TRAINED_SHARE * known.length));
  const record = await learnStranger(known.slice(0, count), request);
  const confidences = answers.map((answer) => Math.max(...withTemperature(answer, temperature)));
  const stranger = createStranger(record);
  const left = known.slice(count, count + LEFT);
  const trust = Float64Array.from({ length: left.length }, (_, i) =>
    trustIn(confidences[i % confidences.length]!, stranger(left.pixels(i))),
  ).sort();
  return {
    ...{ temperature, sure: rounded(trust[Math.floor(DOUBTED * trust.length)]!) },
    calibrationError: { before: errorAt(1), after: errorAt(temperature) },
    ...{ examples: dev.length, stranger: record },
  };
}

/** The temperature at which the right answers are most likely, by a search that narrows (golden section). */
function temperatureOf(answers: readonly Float32Array[], dev: Dataset): number {
  const lossAt = (log: number) =>
    answers.reduce((sum, answer, i) => {
      return sum - Math.log(withTemperature(answer, Math.exp(log))[dev.label(i)]! + Number.MIN_VALUE);
    }, 0);
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.2), Math.log(5)];
  while (high - low > 0.001) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (lossAt(a) < lossAt(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

async function learnStranger(
  known: Dataset,
  { settings: { seed }, engine, onProgress }: DoubtRequest,
): Promise<StrangerRecord> {
  const count = known.length;
  onProgress?.(0);
  const random = createRandom(seed, 'doubt');
  const strangers = drawNonDigits(known, count, random);
  const size = SIDE * SIDE;
  const pixels = new Uint8Array(2 * count * size);
  for (let i = 0; i < count; i++) {
    pixels.set(halved(drawExample(known, i, random), SIDE), i * size);
    pixels.set(halved(strangers.subarray(4 * size * i, 4 * size * (i + 1)), SIDE), (count + i) * size);
  }
  // The strangers are one class more.
  const classNames = [...known.classNames, 'none'];
  const labels = new Uint8Array(2 * count).fill(classNames.length - 1, count);
  for (let i = 0; i < count; i++) labels[i] = known.label(i);
  const examples = new Dataset({ ...{ pixels, labels, width: SIDE, height: SIDE, classNames } });
  const layers = [size, HIDDEN, classNames.length];
  const start = createNetwork({ layers, activation: 'relu', initialization: 'he', seed });
  const run = train(start, examples, { ...SETTINGS, seed, threads: 1, ...engine, reportEvery: REPORT_EVERY });
  for await (const { iteration, iterations } of run) {
    onProgress?.(DRAWING + ((1 - DRAWING) * iteration) / iterations);
  }
  const [hidden, outputs] = run.network.layers;
  return { side: SIDE, layers: [layerOf(hidden!, 1 / 255), layerOf(outputs!, 1)] };
}

/**
 * The weights become integers: one byte is enough for each.
 *
 * @param inputScale what the inputs are multiplied by
 */
function layerOf({ W: { rows, cols, data }, b }: Layer, inputScale: number): StrangerLayer {
  const scales: number[] = [];
  let weights = '';
  for (let unit = 0; unit < rows; unit++) {
    const own = data.subarray(unit * cols, (unit + 1) * cols);
    const scale = rounded(own.reduce((most, w) => Math.max(most, Math.abs(w)), 1e-9) / 127);
    scales.push(rounded(scale * inputScale));
    for (const w of own) {
      weights += String.fromCharCode(Math.max(-127, Math.min(127, Math.round(w / scale))) & 255);
    }
  }
  return { weights: btoa(weights), scales, biases: Array.from(b.data, rounded) };
}

/** Six digits are enough in a file. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
