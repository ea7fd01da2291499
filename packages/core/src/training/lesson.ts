import { backward } from '../maths/backward.js';
import { factorize } from '../maths/cholesky.js';
import { forward, meanLoss } from '../maths/forward.js';
import { hadamard, type Matrix, map, matrix } from '../maths/matrix.js';
import { multiply, transpose } from '../maths/matrix-products.js';
import type { Layer, Network } from '../maths/network.js';

/** Of the mean of the diagonal of C: so much is added to it. It bounds C⁻¹ where the examples say nothing. */
const RIDGE = 1e-3;
/** Each update lowers the loss by about this share. */
const PACE = 0.05;
/** After so many updates, a lesson comes to nothing. */
const MAX_UPDATES = 2000;

/** What a lesson consists of. Pictures are bytes, row by row. */
export interface LessonRequest {
  /** The pictures that are taught: one or more. */
  readonly taught: readonly Uint8Array[];
  /** The index of their class. */
  readonly label: number;
  /** Pictures whose answers should stay. */
  readonly known: readonly Uint8Array[];
  /** What a byte is multiplied by. */
  readonly pixelScale: number;
}

/** The network as soon as it gives so much probability to the right class of every picture that is taught. */
export interface Stage {
  readonly probability: number;
  readonly network: Network;
}

/**
 * Teaches a network pictures of one class by gradient descent on their loss, in one layer: Z = W a + b. The gradient
 * of a picture, dZ aᵀ, is multiplied by C⁻¹ from the right, where C is the mean of a aᵀ over known examples (b counts
 * as the weight of a 1 in a). Of all changes of W and b that change the Z of the pictures by as much, this one
 * changes the Z of the known examples least, in the sum of squares. So is one fact changed in a language model: Meng et
 * al. 2022, "Locating and Editing Factual Associations in GPT". The step is Polyak's, shortened: the loss divided by
 * the square of the gradient.
 *
 * @param l the layer that changes, counted from 0
 * @param probabilities rising: for each of them a stage is returned, as long as it is reached
 */
export function stagesOfLesson(
  network: Network,
  { taught, label, known, pixelScale }: LessonRequest,
  l: number,
  probabilities: readonly number[],
): readonly Stage[] {
  const layer = network.layers[l]!;
  const a = taught.map((picture) => inputsOf(network, l, picture, pixelScale));
  const solve = factorize(secondMoments(network, l, known, pixelScale), layer.W.cols + 1);
  const directions = a.map(solve);
  // By how much a step on picture j changes the Z of picture i.
  const reach = a.map((own) => directions.map((direction) => dot(own, direction)));
  const Z = matrix(layer.W.rows, a.length);
  for (const [j, own] of a.entries()) {
    const sums = sumsOf(layer, own);
    for (let r = 0; r < Z.rows; r++) Z.data[r * Z.cols + j] = sums[r]!;
  }
  const Y = matrix(network.layers.at(-1)!.W.rows, a.length);
  Y.data.fill(1, label * Y.cols, (label + 1) * Y.cols);
  /** What is added to the Z of each picture, before it is spread by `reach`. */
  const steps = matrix(Z.rows, Z.cols);
  const stages: Stage[] = [];
  for (let update = 0; update < MAX_UPDATES; update++) {
    const { A, dZ, loss } = above(network, l, Z, Y);
    const least = leastShare(A, label);
    while (stages.length < probabilities.length && least >= probabilities[stages.length]!) {
      stages.push({ probability: least, network: withSteps(network, l, steps, directions) });
    }
    if (stages.length === probabilities.length) break;
    const spread = spreadBy(dZ, reach);
    const square = dot(dZ.data, spread.data);
    // Where all units are off, there is no way on.
    if (!(square > 0)) break;
    const pace = (PACE * loss * Z.cols) / square;
    for (let at = 0; at < Z.data.length; at++) {
      steps.data[at]! -= pace * dZ.data[at]!;
      Z.data[at]! -= pace * spread.data[at]!;
    }
  }
  return stages;
}

/** From the Z of a layer: the answers, the loss, and the gradient with respect to this Z. */
function above({ layers, output }: Network, l: number, Z: Matrix, Y: Matrix) {
  const rest: Network = { layers: layers.slice(l + 1), output };
  if (rest.layers.length === 0) {
    const A = output.activate(Z);
    return { A, dZ: output.delta(A, Y), loss: meanLoss(rest, { Z: [Z], A: [A] }, Y) };
  }
  const { g } = layers[l]!;
  const all = forward(rest, map(Z, g.f));
  const { dZ } = backward(rest, all, Y)[0]!;
  const own = hadamard(multiply(transpose(rest.layers[0]!.W), dZ), map(Z, g.derivative));
  return { A: all.A.at(-1)!, dZ: own, loss: meanLoss(rest, all, Y) };
}

/** The smallest probability of the class; 0 where another class is as likely. */
function leastShare(A: Matrix, label: number): number {
  let least = 1;
  for (let j = 0; j < A.cols; j++) {
    const p = A.data[label * A.cols + j]!;
    for (let k = 0; k < A.rows; k++) if (k !== label && A.data[k * A.cols + j]! >= p) return 0;
    least = Math.min(least, p);
  }
  return least;
}

/** Column i is the sum of all columns j, each times `reach[i][j]`. */
function spreadBy({ rows, cols, data }: Matrix, reach: readonly (readonly number[])[]): Matrix {
  const spread = matrix(rows, cols);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < cols; i++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += reach[i]![j]! * data[r * cols + j]!;
      spread.data[r * cols + i] = sum;
    }
  }
  return spread;
}

/** The network with the steps in its layer, rounded to 32 bits, as a file holds them. */
function withSteps(network: Network, l: number, steps: Matrix, directions: readonly Float64Array[]): Network {
  const layer = network.layers[l]!;
  const { rows, cols } = layer.W;
  const [W, b] = [new Float64Array(rows * cols), new Float64Array(rows)];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c <= cols; c++) {
      let change = 0;
      for (const [j, direction] of directions.entries()) {
        change += steps.data[r * steps.cols + j]! * direction[c]!;
      }
      if (c === cols) b[r] = Math.fround(layer.b.data[r]! + change);
      else W[r * cols + c] = Math.fround(layer.W.data[r * cols + c]! + change);
    }
  }
  const changed: Layer = { ...layer, W: matrix(rows, cols, W), b: matrix(rows, 1, b) };
  return { ...network, layers: network.layers.with(l, changed) };
}

/** C: the mean of a aᵀ over the pictures, of which the lower triangle is filled, and a little of the unit matrix. */
function secondMoments(
  network: Network,
  l: number,
  pictures: readonly Uint8Array[],
  pixelScale: number,
): Float64Array {
  const d = network.layers[l]!.W.cols + 1;
  const C = new Float64Array(d * d);
  for (const picture of pictures) {
    const a = inputsOf(network, l, picture, pixelScale);
    for (let r = 0; r < d; r++) {
      const share = a[r]! / pictures.length;
      if (share === 0) continue;
      for (let c = 0; c <= r; c++) C[r * d + c]! += share * a[c]!;
    }
  }
  let trace = 0;
  for (let r = 0; r < d; r++) trace += C[r * d + r]!;
  for (let r = 0; r < d; r++) C[r * d + r]! += (RIDGE * trace) / d;
  return C;
}

/** What a layer multiplies by its weights, and a 1 for its bias. */
function inputsOf({ layers }: Network, l: number, picture: Uint8Array, pixelScale: number): Float64Array {
  let a = Float64Array.from(picture, (byte) => byte * pixelScale);
  for (const layer of layers.slice(0, l)) a = sumsOf(layer, a).map(layer.g.f);
  const inputs = new Float64Array(a.length + 1).fill(1);
  inputs.set(a);
  return inputs;
}

/** Z = W a + b for one picture. Inputs of 0 are left out: most pixels are. */
function sumsOf({ W, b }: Layer, a: Float64Array): Float64Array {
  const at: number[] = [];
  for (let c = 0; c < W.cols; c++) if (a[c] !== 0) at.push(c);
  return b.data.map((bias, r) => {
    let sum = bias;
    for (const c of at) sum += W.data[r * W.cols + c]! * a[c]!;
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
