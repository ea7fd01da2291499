import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ModelError } from '../errors.js';
import {
  CHECKPOINT_HEAD_BYTES,
  decodeCheckpoint,
  encodeCheckpoint,
  isCheckpoint,
} from '../formats/checkpoint.js';
import { decodeSafetensors, encodeSafetensors } from '../formats/safetensors.js';
import { createNetwork, type Network, parameters } from '../maths/network.js';
import { OPTIMIZERS } from '../maths/optimizers.js';
import { dev, network, training } from './stripes.test.support.js';
import { type TrainOptions, train } from './train.js';
import type { Step } from './training-run.js';

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
