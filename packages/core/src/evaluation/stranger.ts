import { bytesOfBase64 } from '../base64.js';
import type { DoubtRecord, StrangerLayer, StrangerRecord } from './doubt-record.js';

/** Says how strange a picture is: the probability, 0–1, that it is none of those the network knows. */
export type Stranger = (pixels: ArrayLike<number>) => number;

/** Makes the small network of a model's record ready to be asked. */
export function createStranger({ side, layers }: StrangerRecord): Stranger {
  const [hidden, outputs] = layers.map(sumsOf);
  return (pixels) => {
    const a = hidden!(halved(pixels, side)).map((z) => Math.max(0, z));
    const z = outputs!(a);
    const last = z.at(-1)!;
    return 1 / z.reduce((sum, other) => sum + Math.exp(other - last), 0);
  };
}

/** Makes the function that gives a layer's weighted sums. Paper, 0, adds nothing to them. */
function sumsOf({ weights, scales, biases }: StrangerLayer) {
  const W = new Int8Array(bytesOfBase64(weights).buffer);
  return (inputs: Uint8Array | readonly number[]) => {
    const ink = [...inputs.keys()].filter((i) => inputs[i]);
    return scales.map((own, unit) => {
      let product = 0;
      for (const i of ink) product += W[unit * inputs.length + i]! * inputs[i]!;
      return biases[unit]! + own * product;
    });
  };
}

/** The means of 2 × 2 pixels, as bytes. */
export function halved(pixels: ArrayLike<number>, side: number): Uint8Array {
  return new Uint8Array(side * side).map((_, at) => {
    const corner = 2 * (at + side * Math.floor(at / side));
    const below = corner + 2 * side;
    return (pixels[corner]! + pixels[corner + 1]! + pixels[below]! + pixels[below + 1]! + 2) >> 2;
  });
}

/** Whether a value from a file can be asked: nothing is missing, and there are as many weights as needed. */
export function isDoubtRecord(value: unknown): value is DoubtRecord {
  try {
    const {
      temperature,
      sure,
      stranger: {
        side,
        layers: [hidden, outputs],
      },
    } = value as DoubtRecord;
    return (
      side > 0 &&
      Number.isFinite(Math.log(temperature) + sure) &&
      isLayer(hidden, side * side) &&
      isLayer(outputs, hidden.scales.length)
    );
  } catch {
    return false;
  }
}

function isLayer({ weights, scales, biases }: StrangerLayer, inputs: number): boolean {
  return (
    // Of a layer without units, this is no number.
    atob(weights).length / scales.length === inputs &&
    scales.every((scale, unit) => Number.isFinite(scale + biases[unit]!))
  );
}
