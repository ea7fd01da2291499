// Models in other programs' formats, saved and dropped on the page, and a model whose answers overflow.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createNetwork, type ModelFile, parametersSha256 } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { fileOf } from '@longhand/formats';
import { readModel, writeModel } from '@longhand/formats/models';
import { describe, expect, test } from 'vitest';
import { safetensors } from '../cli/foreign.js';
import { choose } from './controls.js';
import { waitForDownload } from './downloads.js';
import { draw, STROKES } from './drawing.js';
import { drop } from './dropping.js';
import { inBrowsers } from './studio.js';
import { textOf, waitForText } from './wait-for.js';

const ANSWER = 'section[aria-labelledby=answer-title]';
const SAVE_AS = 'select[aria-label="Save the model for another program"]';
/** Of each format, its name in the menu, and what its files are called. */
const FORMATS = [
  ['onnx', ['.onnx']],
  ['npz', ['.npz']],
  ['tfjs', ['.json', '.weights.bin']],
  ['keras-json', ['.keras.json']],
  ['javascript', ['.js', '.d.ts']],
  ['c', ['.h']],
] as const;

const network = createNetwork({ layers: [784, 9, 10], activation: 'relu', seed: 6 });
const model: ModelFile = {
  network,
  record: {
    ...{ width: 28, height: 28, classNames: [...'0123456789'], pixelScale: 1 / 255 },
    settings: { seed: 6 },
    results: {},
  },
};
const floats = (values: Float64Array) => new Uint8Array(Float32Array.from(values).buffer);

describe('models of other programs on the page', () => {
  inBrowsers((open) => {
    test('Save as: each format downloads, and all but C are read back to the same parameters', async (context) => {
      const { page, downloads } = await open(context, { at: 'draw' });
      await drop(page, [{ name: 'mine.safetensors', bytes: encodeModel(model) }]);
      await waitForText(page, '.notification', /^mine\.safetensors: a network of 784 → 9 → 10/);
      await choose(page, 'model', 'mine');
      const sha256 = await parametersSha256(network);
      const base = `longhand-784-9-10-${sha256.slice(0, 8)}`;
      for (const [format, endings] of FORMATS) {
        await page.select(SAVE_AS, format);
        const saved: string[] = [];
        for (const ending of endings)
          saved.push(
            await waitForDownload(downloads, new RegExp(`^${base}${ending.replaceAll('.', '\\.')}$`)),
          );
        if (format === 'c') {
          expect(readFileSync(saved[0]!, 'utf8')).toMatch(/_predict\(/);
          continue;
        }
        const beside = async (name: string) =>
          readdirSync(downloads).includes(name)
            ? fileOf(name, readFileSync(path.join(downloads, name)))
            : undefined;
        const back = await readModel(fileOf(saved[0]!, readFileSync(saved[0]!)), { beside });
        expect(await parametersSha256(back.network), format).toBe(sha256);
        expect(back.record, format).toEqual(model.record);
      }
    });

    test('PyTorch’s parameters, ONNX, npz, TensorFlow.js, Keras-like JSON and JavaScript are opened and read', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      const tensors = network.layers.flatMap(({ W, b }, l) => [
        [`fc${l + 1}.weight`, { dtype: 'F32', shape: [W.rows, W.cols], bytes: floats(W.data) }] as const,
        [`fc${l + 1}.bias`, { dtype: 'F32', shape: [b.rows], bytes: floats(b.data) }] as const,
      ]);
      await drop(page, [{ name: 'torch.safetensors', bytes: safetensors(Object.fromEntries(tensors)) }]);
      const told = await waitForText(page, '.notification', /^torch\.safetensors: a network/);
      expect(told).toMatch(/784 → 9 → 10, parameters/);
      expect(told).toMatch(/ReLU is assumed/);
      await choose(page, 'model', 'torch');
      await draw(page, STROKES[0]!);
      await waitForText(page, ANSWER, /^the answer ?\d/);
      for (const fileName of ['a.onnx', 'b.npz', 'c.json', 'd.keras.json', 'e.js']) {
        const files = [...writeModel(model, { fileName })].filter(([name]) => !name.endsWith('.d.ts'));
        await drop(
          page,
          files.map(([name, bytes]) => ({ name, bytes })),
        );
        expect(
          await waitForText(
            page,
            '.notification',
            new RegExp(`^${fileName.replaceAll('.', '\\.')}: a network`),
          ),
        ).toMatch(new RegExp(`784 → 9 → 10, parameters ${(await parametersSha256(network)).slice(0, 8)}`));
      }
    });

    test('a model whose answers overflow gets one clear sentence, and no digit', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      const layers = network.layers.map((layer) => ({
        ...layer,
        W: { ...layer.W, data: layer.W.data.map(() => 3e38) },
      }));
      const bytes = encodeModel({ ...model, network: { ...network, layers } });
      await drop(page, [{ name: 'huge.safetensors', bytes }]);
      await waitForText(page, '.notification', /^huge\.safetensors: a network/);
      await choose(page, 'model', 'huge');
      await draw(page, STROKES[0]!);
      await waitForText(page, ANSWER, /The model “huge” has no answer: what it computes is too large/);
      expect(await textOf(page, ANSWER)).not.toMatch(/undefined|NaN|-1|−1/);
      await choose(page, 'model', /trained in advance/);
      await waitForText(page, ANSWER, /^the answer ?\d/);
    });

    test('a model with the output sigmoid answers', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      const sigmoid = createNetwork({ layers: [784, 9, 10], output: 'sigmoid', seed: 2 });
      await drop(page, [{ name: 'sigmoid.safetensors', bytes: encodeModel({ ...model, network: sigmoid }) }]);
      await waitForText(page, '.notification', /^sigmoid\.safetensors: a network/);
      await choose(page, 'model', 'sigmoid');
      await draw(page, STROKES[0]!);
      await waitForText(page, ANSWER, /^the answer ?\d/);
    });
  });
});
