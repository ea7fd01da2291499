// The numbers that chapters 8 to 10 quote of the board's 4, computed again from the network and the digit.
import { toDesignMatrix } from '@longhand/core/data';
import { decodeModel } from '@longhand/core/files';
import { backward, forward, multiply, transpose, update } from '@longhand/core/maths';
import { mnistTest } from '@longhand/mnist';
import { expect, test } from 'vitest';
import model from '../../../../models/board-500.safetensors?url&inline';
import { accuracyOf } from '../../../computations/experiment.js';
import type { Chapter } from '../chapter.js';
import { chapter as outputError } from './output-error.js';
import { chapter as sendingBack } from './sending-back.js';
import { chapter as updating } from './update.js';

const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
const {
  network,
  record: { pixelScale },
} = decodeModel(bytes, 'board-500');
const digits = await mnistTest();
const { X, Y } = toDesignMatrix(digits, [169], pixelScale);
const computed = forward(network, X);
const gradients = backward(network, computed, Y);

const textOf = ({ sections }: Chapter) =>
  sections
    .flatMap(({ blocks, questions = [] }) => [
      ...blocks.filter((block) => typeof block === 'string'),
      ...questions.map(({ ask }) => ask),
    ])
    .join(' ');
const fixed = (value: number) => value.toFixed(3).replace('-', '−');
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

test('chapter 8: the answers and errors of the 4', () => {
  const A = computed.A[2]!.data;
  const dZ = gradients[1]!.dZ.data;
  for (const text of [percent(A[9]!), percent(A[4]!), fixed(dZ[9]!), fixed(dZ[4]!)])
    expect(textOf(outputError)).toContain(text);
  expect(digits.label(169)).toBe(4);
  expect(computed.A[1]!.data[3]).toBe(0);
});

test('chapter 9: unit 0 was off, and what came back to it', () => {
  const sent = multiply(transpose(network.layers[1]!.W), gradients[1]!.dZ).data;
  for (const text of [fixed(computed.Z[0]!.data[0]!), fixed(sent[0]!)])
    expect(textOf(sendingBack)).toContain(text);
  expect(Math.abs(gradients[0]!.dZ.data[0]!)).toBe(0);
});

test('chapter 10: what one update on the 4 does to 500 other digits', () => {
  const others = toDesignMatrix(
    digits,
    Array.from({ length: 500 }, (_, k) => k),
    pixelScale,
  );
  const accuracy = (trained: typeof network) =>
    percent(accuracyOf(forward(trained, others.X).A[2]!, others.Y));
  expect(textOf(updating)).toContain(`it read ${accuracy(network)} right before`);
  expect(textOf(updating)).toContain(`it reads ${accuracy(update(network, gradients, 0.1))} right`);
});
