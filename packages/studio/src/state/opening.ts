import { OPENING } from 'virtual:opening';
import { Dataset } from '@longhand/core';
import { ACTIVATIONS, matrix, OUTPUTS } from '@longhand/core/maths';
import { type Digits, MNIST } from './digits.js';
import { type NamedModel, SHIPPED } from './models.js';

/** What the board shows first. It is part of the program: nothing is fetched for it. */
interface Opening {
  /** The board's network after 500 iterations, without what its file tells about doubt. */
  readonly model: NamedModel;
  /** One test digit. */
  readonly digits: Digits;
}

/** The number of its digit in the test set. */
export const OPENING_DIGIT: number = OPENING.digit;

let read: Opening | undefined;

export function opening(): Opening {
  read ??= readOpening();
  return read;
}

function readOpening(): Opening {
  const { bytes: text, record, sha256, label, output } = OPENING;
  const { width, height } = record;
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  let at = 0;
  const parameters = (rows: number, cols: number) => {
    const values = new Float64Array(new Float32Array(bytes.buffer, at, rows * cols));
    at += 4 * values.length;
    return matrix(rows, cols, values);
  };
  const layers = OPENING.layers.map(({ units, inputs, activation }) => ({
    W: parameters(units, inputs),
    b: parameters(units, 1),
    g: ACTIVATIONS[activation],
  }));
  const digit = new Dataset({ pixels: bytes.subarray(at), labels: Uint8Array.of(label), width, height });
  return {
    model: { network: { layers, output: OUTPUTS[output] }, record, sha256, name: SHIPPED['500'].name },
    digits: { name: MNIST, training: digit, test: digit, complete: false },
  };
}
