import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { toDesignMatrix } from '../data/design-matrix.js';
import { DivergenceError, EngineError, ModelError, RunError, SettingError } from '../errors.js';
import {
  CHECKPOINT_HEAD_BYTES,
  decodeCheckpoint,
  encodeCheckpoint,
  isCheckpoint,
} from '../formats/checkpoint.js';
import { decodeSafetensors, encodeSafetensors } from '../formats/safetensors.js';
import { backward } from '../maths/backward.js';
import { forward, meanLoss } from '../maths/forward.js';
import { createNetwork, type Network, parameters } from '../maths/network.js';
import { OPTIMIZERS } from '../maths/optimizers.js';
import { update } from '../maths/update.js';
import { createRandom, permutation } from '../random.js';
import { diagnose } from './diagnose.js';
import { type TrainOptions, train } from './train.js';
import type { Step, TrainingRun } from './training-run.js';

/** Pictures of 4 × 4 in 3 classes: noise, with one row bright where the class says so. Learnable in a few steps. */
function stripes(length: number, seed: number): Dataset {
  const random = createRandom(seed, 'stripes');
  const labels = Uint8Array.from({ length }, () => random.below(3));
  const pixels = Uint8Array.from({ length: 16 * length }, (_, i) => {
    const row = Math.floor((i % 16) / 4);
    return row === labels[Math.floor(i / 16)] ? 200 + random.below(56) : random.below(3) * 20;
  });
  return new Dataset({ pixels, labels, width: 4, height: 4, classNames: ['top', 'upper', 'lower'] });
}

const training = stripes(90, 1);
const dev = stripes(30, 2);
const network = createNetwork({ layers: [16, 5, 3], seed: 1 });

async function stepsOf(options: TrainOptions, data = training, start = network): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of train(start, data, options)) steps.push(step);
  return steps;
}

/** The loss and accuracy of a network on examples, worked out by the maths alone. */
function measured(
  trained: Network,
  data: Dataset,
  places = Array.from({ length: data.length }, (_, i) => i),
) {
  const { X, Y } = toDesignMatrix(data, places);
  const computed = forward(trained, X);
  const A = computed.A.at(-1)!;
  const correct = places.filter((place, j) => {
    const column = Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + j]!);
    return column.indexOf(Math.max(...column)) === data.label(place);
  }).length;
  return { loss: meanLoss(trained, computed, Y), accuracy: correct / places.length };
}

describe.each(['maths', 'wasm'] as const)('train with the engine %s', (engine) => {
  const threads = engine === 'wasm' ? 1 : 0;
  const common = { engine, threads } as const;

  test('full batch: the steps are forward, backward and update, once an iteration', async () => {
    const run = train(network, training, { ...common, alpha: 0.5, iterations: 6 });
    let expected = network;
    let steps = 0;
    const { X, Y } = toDesignMatrix(
      training,
      Array.from({ length: training.length }, (_, i) => i),
    );
    for await (const step of run) {
      const computed = forward(expected, X);
      expect(step.loss).toBeCloseTo(meanLoss(expected, computed, Y), 5);
      expected = update(expected, backward(expected, computed, Y), 0.5);
      steps++;
    }
    expect(steps).toBe(7);
  });

  test('loss and accuracy of every step are those of the parameters the run has at that moment', async () => {
    const run = train(network, training, { ...common, alpha: 0.5, iterations: 5 });
    let steps = 0;
    for await (const step of run) {
      const { loss, accuracy } = measured(run.network, training);
      expect(step.loss).toBeCloseTo(loss, 5);
      expect(step.accuracy).toBe(accuracy);
      steps++;
    }
    expect(steps).toBe(6);
  });

  test('the first step is the start, the last the trained network, and it has learnt', async () => {
    const steps = await stepsOf({ ...common, alpha: 0.5, iterations: 60 });
    expect(steps.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 61 }, (_, i) => i));
    expect(steps[0]!.loss).toBeCloseTo(measured(network, training).loss, 5);
    expect(steps.at(-1)!.accuracy).toBeGreaterThan(0.95);
    expect(steps[0]!.accuracy).toBeLessThan(0.9);
  });

  test('the network handed in is not changed', async () => {
    const before = [...parameters(network)].map(({ data }) => data.slice());
    await stepsOf({ ...common, iterations: 3 });
    expect([...parameters(network)].map(({ data }) => data)).toEqual(before);
  });

  test('the dev set is watched at its interval and at the end', async () => {
    const steps = await stepsOf({ ...common, iterations: 7, dev, devEvery: 3 });
    expect(steps.filter((step) => step.dev).map(({ iteration }) => iteration)).toEqual([0, 3, 6, 7]);
    expect(steps[0]!.dev!.loss).toBeCloseTo(measured(network, dev).loss, 5);
    expect(steps[0]!.dev!.examples).toBe(30);
  });

  test('dev is evaluated every 10 iterations, or ten times an epoch of mini-batches, unless told otherwise', async () => {
    const evaluated = async (options: TrainOptions) =>
      (await stepsOf({ ...common, dev, reportEvery: 1000, ...options })).map(({ iteration }) => iteration);
    expect(await evaluated({ iterations: 25 })).toEqual([0, 10, 20, 25]);
    expect(await evaluated({ batchSize: 3, epochs: 1 })).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
    expect(await evaluated({ batchSize: 32, epochs: 1 })).toEqual([0, 1, 2, 3]);
    expect(await evaluated({ batchSize: 32, epochs: 2, devEvery: 4 })).toEqual([0, 4, 6]);
  });

  test('mini-batches: an epoch sees every example once, in another order than the next', async () => {
    const run = train(network, training, { ...common, alpha: 0.2, batchSize: 32, epochs: 2, seed: 3 });
    const steps: Step[] = [];
    for await (const step of run) steps.push(step);
    expect(steps.map(({ examples }) => examples)).toEqual([32, 32, 26, 32, 32, 26, 90]);
    expect(steps.at(-1)!.epoch).toBe(2);
    expect(steps.at(-1)!.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('what is reported does not change what is learnt', async () => {
    const options = { ...common, batchSize: 32, epochs: 3, alpha: 0.3 };
    const every = await stepsOf({ ...options, reportEvery: 1 });
    const seldom = await stepsOf({ ...options, reportEvery: 4, dev, devEvery: 5 });
    expect(seldom.map(({ iteration }) => iteration)).toEqual([0, 4, 5, 8, 9]);
    for (const step of seldom) expect(step.loss).toBe(every[step.iteration]!.loss);
  });

  test('an abort signal ends the run after the iteration, with the network of that iteration', async () => {
    const controller = new AbortController();
    const run = train(network, training, { ...common, iterations: 1000, signal: controller.signal });
    let last: Step | undefined;
    for await (const step of run) {
      last = step;
      if (step.iteration === 4) controller.abort();
    }
    expect(last!.iteration).toBe(4);
    expect(last!.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('break leaves the network as it is', async () => {
    const run = train(network, training, { ...common, iterations: 1000 });
    for await (const step of run) if (step.iteration === 2) break;
    const { loss } = (await stepsOf({ ...common, iterations: 2 })).at(-1)!;
    expect(measured(run.network, training).loss).toBeCloseTo(loss, 5);
  });

  test('what is likely to blame: α, unless L-BFGS goes its own way, or nothing was learnt yet', () => {
    const network = createNetwork({ layers: [16, 5, 3], seed: 1 });
    network.layers[0]!.W.data[7] = Number.NaN;
    const causeOf = (optimizer: 'sgd' | 'lbfgs', iteration: number) =>
      diagnose(network, training, { iteration, alpha: 0.5, optimizer, pixelScale: 1 / 255 }).message;
    expect(causeOf('sgd', 3)).toContain('likely α = 0.5 is too large: try 0.05');
    expect(causeOf('lbfgs', 3)).toContain('likely a step too far by lbfgs: try another optimizer');
    expect(causeOf('lbfgs', 0)).toContain('likely the parameters it started from');
  });

  test('a value that is not finite ends the run with iteration, symbol and cause', async () => {
    const wild = createNetwork({ layers: [16, 5, 3], activation: 'identity', seed: 1 });
    const error = await stepsOf({ ...common, alpha: 1e6, iterations: 500 }, training, wild).catch(
      (caught) => caught,
    );
    expect(error).toBeInstanceOf(DivergenceError);
    expect(error.iteration).toBeGreaterThan(0);
    expect(error.symbol).toMatch(/^(d?[WbZA][¹²]|J)$/);
    expect(error.message).toMatch(
      /^iteration \d+: .+ is not finite; likely α = 1000000 is too large: try 100000$/,
    );
  });
});

test('a run can be iterated over only once', async () => {
  const run = train(network, training, { engine: 'maths', iterations: 1 });
  for await (const _ of run);
  await expect(run[Symbol.asyncIterator]().next()).rejects.toThrow('only once');
});

test.each([
  [{ alpha: -1 }, 'alpha: expected a number greater than 0'],
  [{ batchSize: 91 }, 'batchSize: expected at most the number of training examples, 90, found 91'],
  [{ reportEvery: 0 }, 'reportEvery'],
  [{ iterations: 1, epochs: 1 }, 'epochs 1: excludes iterations 1'],
])('%j is refused before any work', (options, message) => {
  expect(() => train(network, training, options)).toThrow(SettingError);
  expect(() => train(network, training, options)).toThrow(message);
});

test('pictures that do not fit the network are refused with both sizes', () => {
  expect(() => train(createNetwork({ layers: [784, 3] }), training)).toThrow(
    'training: pictures of 4 × 4 have 16 pixels, the network takes 784',
  );
  expect(() => train(createNetwork({ layers: [16, 10] }), training)).toThrow(
    'training: 3 classes, but the network has 10 outputs',
  );
});

describe.each(['maths', 'wasm'] as const)('beyond plain descent, with the engine %s', (engine) => {
  const common = { engine, threads: engine === 'wasm' ? 1 : 0, batchSize: 30 } as const;
  const flat = (of: Network) => [...parameters(of)].flatMap(({ data }) => [...data]);

  test('every update has the learning rate of the schedule', async () => {
    const cosine = await stepsOf({ ...common, alpha: 0.5, epochs: 4, schedule: 'cosine', reportEvery: 5 });
    let expected = network;
    let order = new Uint32Array() as Uint32Array;
    const random = createRandom(1, 'batches');
    for (let step = 0; step < 12; step++) {
      if (step % 3 === 0) order = permutation(90, random);
      const places = order.subarray(30 * (step % 3), 30 * (step % 3) + 30);
      const { X, Y } = toDesignMatrix(training, places);
      const alpha = 0.25 * (1 + Math.cos((Math.PI * step) / 12));
      expected = update(expected, backward(expected, forward(expected, X), Y), alpha);
    }
    expect(cosine.at(-1)!.loss).toBeCloseTo(measured(expected, training).loss, 5);
  });

  test('the average is that of the parameters after each of the last updates, for dev and at the end', async () => {
    const options = { ...common, alpha: 0.5, epochs: 3, reportEvery: 1 };
    const plain = train(network, training, options);
    const reached: number[][] = [];
    for await (const _ of plain) reached.push(flat(plain.network));
    const last = reached.slice(-3);
    const mean = last[0]!.map((_, k) => last.reduce((sum, theta) => sum + theta[k]!, 0) / 3);
    const run = train(network, training, { ...options, weightAveraging: 1, dev });
    let evaluations = 0;
    for await (const step of run) {
      if (!step.dev) continue;
      expect(step.dev.loss).toBeCloseTo(measured(run.network, dev).loss, 5);
      evaluations++;
    }
    expect(evaluations).toBe(10);
    for (const [k, theta] of flat(run.network).entries()) expect(theta).toBeCloseTo(mean[k]!, 5);
    expect(run).toMatchObject({ stopReason: 'length', updates: 9 });
  });

  test('patience ends a run that has stopped getting better, and gives the best parameters back', async () => {
    // Far too fast: it gets worse again and again.
    const run = train(network, training, {
      ...{ ...common, alpha: 30, epochs: 400, dev, devEvery: 1, patience: 7 },
      monitor: 'loss',
    });
    const steps: Step[] = [];
    for await (const step of run) steps.push(step);
    const last = steps.pop()!;
    const looks = steps.filter((step) => step.dev);
    const best = Math.min(...looks.map((step) => step.dev!.loss));
    expect(run.stopReason).toBe('patience');
    expect(run.updates).toBeLessThan(1200);
    expect(last.dev!.loss).toBeCloseTo(best, 5);
    expect(last.iteration).toBe(run.updates - 7);
    expect(measured(run.network, dev).loss).toBeCloseTo(best, 5);
    expect(last.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('a run that gets better to the end goes to the end', async () => {
    const run = train(network, training, { ...common, alpha: 0.1, epochs: 3, dev, devEvery: 1, patience: 2 });
    let last: Step | undefined;
    for await (const step of run) last = step;
    expect(run.stopReason).toBe('length');
    expect(last!.iteration).toBe(9);
  });

  test('minutes end a run that would go on', async () => {
    const run = train(network, training, { ...common, alpha: 0.1, minutes: 0.002 });
    let last: Step | undefined;
    for await (const step of run) last = step;
    expect(run.stopReason).toBe('minutes');
    expect(last!.iteration).toBe(run.updates);
    expect(last!.loss).toBeCloseTo(measured(run.network, training).loss, 5);
  });

  test('the run that its caller left has not ended by itself', async () => {
    const run = train(network, training, { ...common, epochs: 3 });
    for await (const _ of run) break;
    expect(run.stopReason).toBeUndefined();
  });
});

describe('a run that goes on from a checkpoint', () => {
  const flat = (of: Network) => [...parameters(of)].flatMap(({ data }) => [...data]);
  const everything: TrainOptions = {
    ...{ batchSize: 20, epochs: 5, alpha: 0.02, seed: 9, dev, devEvery: 2, reportEvery: 1 },
    ...{
      optimizer: 'adam',
      schedule: 'one-cycle',
      dropout: 0.3,
      labelSmoothing: 0.1,
      clipNorm: 0.5,
      weightDecay: 0.001,
    },
    ...{ weightAveraging: 2, patience: 9 },
  };
  const plain: TrainOptions = { alpha: 0.5, iterations: 12, dev, devEvery: 5 };
  const momentum: TrainOptions = {
    batchSize: 32,
    epochs: 3,
    alpha: 0.2,
    optimizer: 'nesterov',
    reportEvery: 1,
  };
  const settings = { alpha: 0.02 };

  test.each([
    ['everything at once', everything],
    ['the board', plain],
    ['Nesterov', momentum],
    ...(['momentum', 'rmsprop', 'adamw', 'lion'] as const).map((optimizer): [string, TrainOptions] => [
      OPTIMIZERS[optimizer].label,
      { ...momentum, alpha: 0.005, weightDecay: 0.01, optimizer },
    ]),
    ['L-BFGS', { optimizer: 'lbfgs', iterations: 25, weightDecay: 1e-4, reportEvery: 1 } as TrainOptions],
  ])(
    '%s: from any step, with other threads, through a file: the same steps, to the same bits',
    async (_, options) => {
      const whole = train(network, training, { ...options, threads: 1 });
      const steps: Step[] = [];
      const files: Uint8Array[] = [];
      for await (const step of whole) {
        steps.push(step);
        if (!whole.stopReason) {
          const checkpoint = await whole.checkpoint();
          files.push(await encodeCheckpoint({ checkpoint, settings, data: 'these', firstLoss: 2.5 }));
        }
      }
      expect(files.length).toBeGreaterThan(8);
      for (const [k, file] of files.entries()) {
        const { checkpoint, ...rest } = await decodeCheckpoint(file, 'run.ckpt');
        expect(rest).toEqual({ settings, data: 'these', firstLoss: 2.5 });
        const resumed = train(network, training, { ...options, threads: 0, resume: checkpoint });
        const after: Step[] = [];
        for await (const step of resumed) after.push(step);
        expect(after).toEqual(steps.slice(k + 1));
        expect(flat(resumed.network)).toEqual(flat(whole.network));
        expect(resumed).toMatchObject({ stopReason: whole.stopReason, updates: whole.updates });
      }
    },
  );

  test('a checkpoint of another network is refused', async () => {
    const run = train(network, training, plain);
    for await (const _ of run) {
      const checkpoint = await run.checkpoint();
      const other = createNetwork({ layers: [16, 4, 3], seed: 1 });
      expect(() => train(other, training, { ...plain, resume: checkpoint })).toThrow(
        'the checkpoint is of a network of 16, 5, 3 units, this one has 16, 4, 3',
      );
      expect(() => train(network, training, { ...plain, optimizer: 'adam', resume: checkpoint })).toThrow(
        'the checkpoint was made by another optimizer than adam',
      );
      break;
    }
    await expect(run.checkpoint()).rejects.toThrow('only between two steps, while it is in progress');
  });

  describe('a damaged file', () => {
    const name = 'run.ckpt';
    let file = new Uint8Array();
    beforeAll(async () => {
      const run = train(network, training, plain);
      for await (const _ of run) {
        const checkpoint = await run.checkpoint();
        const encoded = await encodeCheckpoint({ checkpoint, settings, data: '', firstLoss: 1 });
        file = new Uint8Array(encoded);
        break;
      }
    });

    /** The same with other metadata, and the checksum computed again. */
    const resealed = (changed: Record<string, string>, without?: string) => {
      const { tensors, metadata } = decodeSafetensors(file, name);
      const sealed = encodeSafetensors({
        tensors: new Map([...tensors].filter(([tensor]) => tensor !== without)),
        metadata: { ...metadata, ...changed, sha256: '0'.repeat(64) },
      });
      const sum = createHash('sha256').update(sealed).digest('hex');
      const at = new TextDecoder('latin1').decode(sealed).indexOf('0'.repeat(64));
      sealed.set(new TextEncoder().encode(sum), at);
      return decodeCheckpoint(sealed, name);
    };

    test('cut short anywhere, or with any of its bytes changed, is one clear line', async () => {
      await expect(decodeCheckpoint(file, name)).resolves.toMatchObject({ firstLoss: 1 });
      await expect(decodeCheckpoint(file.subarray(0, -4), name)).rejects.toThrow(/^run.ckpt: .*cut short/);
      await expect(decodeCheckpoint(file.subarray(0, 5), name)).rejects.toThrow(/^run.ckpt: /);
      for (let i = 0; i < file.length; i++) {
        const changed = file.slice();
        changed[i]! ^= 1 << (i % 8);
        await expect(decodeCheckpoint(changed, name), `byte ${i}`).rejects.toThrow(ModelError);
      }
      const last = file.slice();
      last[last.length - 1]! ^= 1;
      await expect(decodeCheckpoint(last, name)).rejects.toThrow(
        'run.ckpt: is damaged (its SHA-256 is another than when it was written): train again',
      );
    });

    test('that was written with other words for its numbers is one clear line', async () => {
      await expect(resealed({})).resolves.toMatchObject({ firstLoss: 1 });
      for (const changed of [
        ...['0', '-1', '1.5', '1e12', 'two', 'Infinity'].map((layers) => ({ layers })),
        ...['-5', '0.5', 'NaN', '1e300'].map((iteration) => ({ iteration })),
        ...['-1', 'Infinity', 'soon'].map((milliseconds) => ({ milliseconds })),
        { firstLoss: 'NaN' },
        ...['', '[]', 'null', '3'].map((text) => ({ settings: text })),
      ]) {
        await expect(resealed(changed), JSON.stringify(changed)).rejects.toThrow(
          'run.ckpt: its metadata cannot be read, or are out of range',
        );
      }
      await expect(resealed({}, 'b2')).rejects.toThrow('run.ckpt: tensors W2 and b2 are missing');
    });

    test('a checkpoint of another version says so; what is none, too', async () => {
      await expect(resealed({ format: 'longhand checkpoint 1' })).rejects.toThrow(
        'run.ckpt: is a checkpoint of another version of Longhand (format "longhand checkpoint 1", this one reads "longhand checkpoint 2"): train again',
      );
      await expect(resealed({ format: 'longhand 1' })).rejects.toThrow(
        'run.ckpt: not a checkpoint of Longhand (format "longhand 1"): expected "longhand checkpoint 2"',
      );
      expect(isCheckpoint(file.subarray(0, CHECKPOINT_HEAD_BYTES))).toBe(true);
      expect(
        isCheckpoint(encodeSafetensors({ tensors: new Map(), metadata: { format: 'longhand 1' } })),
      ).toBe(false);
    });
  });
});

describe.each(['maths', 'wasm'] as const)('dispose of a run with the engine %s', (engine) => {
  test('between two steps: it keeps the network, and gives no further step', async () => {
    const run = train(network, training, { engine, iterations: 1000, alpha: 0.1 });
    const steps = run[Symbol.asyncIterator]();
    await steps.next();
    await steps.next();
    const { W } = run.network.layers[0]!;
    await run.dispose();
    expect(run.network.layers[0]!.W).toEqual(W);
    expect(await steps.next()).toMatchObject({ done: true });
    await expect(run.checkpoint()).rejects.toThrow(RunError);
  });

  test('before the first step: it cannot be started any more', async () => {
    const run = train(network, training, { engine });
    await run.dispose();
    await expect(run[Symbol.asyncIterator]().next()).rejects.toThrow(RunError);
  });

  test('is what `await using` calls', async () => {
    let kept: TrainingRun;
    {
      await using run = train(network, training, { engine, iterations: 1000 });
      kept = run;
      await run[Symbol.asyncIterator]().next();
    }
    await expect(kept.checkpoint()).rejects.toThrow(RunError);
  });
});

test('dispose of a run while a step is computed: the step rejects', async () => {
  const run = train(network, training, { iterations: 1_000_000, reportEvery: 1_000_000 });
  const steps = run[Symbol.asyncIterator]();
  await steps.next();
  const step = steps.next();
  const outcome = step.catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await run.dispose();
  expect(await outcome).toBeInstanceOf(EngineError);
});
