import { Dataset, type Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { joinDatasets } from '@longhand/core/files';
import { forward } from '@longhand/core/maths';
import type { Examples } from '../../computations/cycle.js';
import { type Digits, MNIST } from '../../state/digits.js';
import type { NamedModel } from '../../state/models.js';
import { count } from '../../text.js';
import type { Choices, DigitChoice } from './choices.js';
import { decodeInk } from './ink-text.js';

/**
 * The examples that are chosen, as far as their data is loaded. A drawing that has no label gets
 * the answer of the network before the first update.
 */
export function examplesFor(
  { size, digit }: Choices,
  data: Digits,
  { network, record: { pixelScale } }: NamedModel,
): Examples {
  if (size === 'all') {
    const { length } = data.training;
    return { dataset: data.training, indices: Uint32Array.from({ length }, (_, i) => i), pixelScale };
  }
  const m = Number(size);
  if (digit.set === 'drawn') {
    const drawn = drawingAs(digit, data.test);
    const label = digit.label ?? answerOf(network, drawn(0), pixelScale);
    return {
      dataset: joinDatasets(drawn(label), data.test.slice(0, m - 1)),
      indices: firstOf(m),
      pixelScale,
    };
  }
  const dataset = digit.set === 'train' ? data.training : data.test;
  const first = Math.min(digit.index, dataset.length - 1);
  const indices = firstOf(Math.min(m, dataset.length)).map((k) => (first + k) % dataset.length);
  return { dataset, indices, pixelScale };
}

/** The drawing as a dataset of one example, with a label. */
function drawingAs(
  { ink }: Extract<DigitChoice, { set: 'drawn' }>,
  { inputs, width, height, classNames }: Dataset,
): (label: number) => Dataset {
  const pixels = decodeInk(ink, inputs) ?? new Uint8Array(inputs);
  return (label) => {
    const labels = Uint8Array.of(Math.min(label, classNames.length - 1));
    return new Dataset({ pixels, labels, width, height, classNames });
  };
}

/** The class that a network takes an example for. */
function answerOf(network: Network, example: Dataset, pixelScale: number): number {
  const { X } = toDesignMatrix(example, [0], pixelScale);
  const { data } = forward(network, X).A.at(-1)!;
  return data.indexOf(Math.max(...data));
}

/** Whether nobody has said which class the drawing is: then the answer read counts as right. */
export function isUnlabeled({ digit }: Choices): boolean {
  return digit.set === 'drawn' && digit.label === undefined;
}

/**
 * Which examples are meant, where there are several: `test digits 169 to 184`. They are in a row,
 * and after the last one comes the first.
 */
export function examplesInWords({ size, digit }: Choices, data: Digits): string {
  const noun = data.name === MNIST ? 'digit' : 'example';
  if (size === 'all') return `all ${count(data.training.length)} training ${noun}s`;
  const m = Number(size);
  if (digit.set === 'drawn') return `your drawing and test ${noun}s ${span(0, m - 1, data.test.length)}`;
  const { length } = digit.set === 'train' ? data.training : data.test;
  const name = digit.set === 'train' ? 'training' : 'test';
  return `${name} ${noun}s ${span(Math.min(digit.index, length - 1), Math.min(m, length), length)}`;
}

/** `169 to 184`, `9998 to 9999 and 0 to 13`: numbers of examples that follow each other. */
function span(first: number, m: number, length: number): string {
  const last = first + m - 1;
  const words = (from: number, to: number) => (from === to ? `${from}` : `${from} to ${to}`);
  return last < length ? words(first, last) : `${words(first, length - 1)} and ${words(0, last - length)}`;
}

function firstOf(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/**
 * MNIST's first digits are there at once. A digit beyond them, or all of them, needs the other
 * files.
 */
export function needsAllDigits({ digit, size }: Choices, data: Digits): boolean {
  if (data.complete || data.name !== MNIST) return false;
  const beyond =
    digit.set !== 'drawn' && digit.index >= data[digit.set === 'train' ? 'training' : 'test'].length;
  return size === 'all' || beyond;
}
