import { WHOLE_DIGITS } from './whole-digits.js';

/** The side of a frame, and of its means over 2 × 2 pixels. */
const SIDE = 28;
const HALF = SIDE / 2;

/**
 * Whether ink looks like one whole digit: a small network with one hidden layer of ReLU units, which learned it from
 * digits on composed pages, and from parts, pairs and other cuts of them (`node scripts/pages/fit-whole-digits.js`). It
 * does not know which digit it is. A network for digits is often sure of two digits in one frame, because it has never
 * seen any.
 *
 * @param pixels the frame, 28 × 28 bytes
 * @param place numbers about its place in the line: `placeNumbers` of candidates.ts
 * @returns above 0 for a whole digit: the logarithm of the odds, in nats
 */
export function wholeness(pixels: Uint8Array, place: readonly number[]): number {
  const { scales, biases, sum, bias } = WHOLE_DIGITS;
  const W = weights();
  const inputs = new Float32Array(HALF * HALF + place.length);
  inputs.set(halved(pixels));
  inputs.set(place, HALF * HALF);
  let z = bias;
  for (let unit = 0, at = 0; unit < biases.length; unit++) {
    let product = 0;
    for (let i = 0; i < inputs.length; i++, at++) product += W[at]! * inputs[i]!;
    z += sum[unit]! * Math.max(0, biases[unit]! + scales[unit]! * product);
  }
  return z;
}

/** The means of 2 × 2 pixels, 0–1. */
export function halved(pixels: Uint8Array): Float32Array {
  const means = new Float32Array(HALF * HALF);
  for (let at = 0; at < means.length; at++) {
    const corner = 2 * at + SIDE * Math.floor(at / HALF);
    means[at] =
      (pixels[corner]! + pixels[corner + 1]! + pixels[corner + SIDE]! + pixels[corner + SIDE + 1]!) / 1020;
  }
  return means;
}

/** The code of the character that stands for 0. */
const ZERO = 63;

let unpacked: Int8Array | undefined;

/** Unit by unit, as whole numbers. */
function weights(): Int8Array {
  unpacked ??= Int8Array.from(WHOLE_DIGITS.weights, (character) => character.charCodeAt(0) - ZERO);
  return unpacked;
}
