import type { StrangerRecord } from './doubt-record.js';

/** Says how strange a picture is: the probability, 0–1, that it is none of those the network knows. */
export type Stranger = (pixels: ArrayLike<number>) => number;

/** Makes the small network of a model's record ready to be asked. */
export function createStranger({ side, weights, scales, biases, sum, bias }: StrangerRecord): Stranger {
  const inputs = side * side;
  const W = Int8Array.from(atob(weights), (letter) => letter.charCodeAt(0));
  return (pixels) => {
    const means = halved(pixels, side);
    let z = bias;
    for (let unit = 0; unit < scales.length; unit++) {
      let product = 0;
      for (let i = 0; i < inputs; i++) product += W[unit * inputs + i]! * means[i]!;
      z += sum[unit]! * Math.max(0, biases[unit]! + (scales[unit]! * product) / 255);
    }
    return 1 / (1 + Math.exp(-z));
  };
}

/** The means of 2 × 2 pixels, as bytes. */
export function halved(pixels: ArrayLike<number>, side: number): Uint8Array {
  return new Uint8Array(side * side).map((_, at) => {
    const corner = 2 * at + 2 * side * Math.floor(at / side);
    const below = corner + 2 * side;
    return Math.round((pixels[corner]! + pixels[corner + 1]! + pixels[below]! + pixels[below + 1]!) / 4);
  });
}
