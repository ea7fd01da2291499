// The data and parameters of a task, read from its files.
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Task
 * @property {number[]} layers units per layer, inputs first
 * @property {number} examples m: how many training digits, from the first on
 * @property {number | null} batch examples per mini-batch, null for all of them at once
 * @property {number} alpha
 * @property {number} threads for peers in which it can be set
 * @property {{ images: string, labels: string, parameters: string, order: string }} files IDX
 *   files; parameters W1, b1, W2 … as 32-bit floats, each W row by row; the order of the examples
 *   in an epoch as 32-bit integers
 */

const IMAGES_HEADER_BYTES = 16;
const LABELS_HEADER_BYTES = 8;

/** @param {Task} task @returns the pixels as bytes, one example per row, and the labels */
export function readDigits({ files, examples, layers: [inputs] }) {
  const images = readFileSync(files.images);
  const labels = readFileSync(files.labels);
  return {
    pixels: new Uint8Array(images.subarray(IMAGES_HEADER_BYTES, IMAGES_HEADER_BYTES + examples * inputs)),
    labels: new Uint8Array(labels.subarray(LABELS_HEADER_BYTES, LABELS_HEADER_BYTES + examples)),
  };
}

/** @param {Uint8Array} pixels @returns X as 32-bit floats, one example per row, each pixel divided by 255 */
export function scaled(pixels) {
  return Float32Array.from(pixels, (pixel) => pixel / 255);
}

/** @param {Task} task @returns {{ W: Float32Array, b: Float32Array }[]} W as units × inputs */
export function readParameters({ files, layers }) {
  const { buffer } = new Uint8Array(readFileSync(files.parameters));
  let at = 0;
  const take = (length) => {
    const values = new Float32Array(buffer, at, length);
    at += 4 * length;
    return values;
  };
  return layers.slice(1).map((units, l) => ({ W: take(units * layers[l]), b: take(units) }));
}

/** @param {Task} task */
export function readOrder({ files }) {
  return new Uint32Array(new Uint8Array(readFileSync(files.order)).buffer);
}
