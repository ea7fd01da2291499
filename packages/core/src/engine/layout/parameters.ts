import { matrix } from '../../maths/matrix.js';
import type { ParameterSet } from '../../maths/parameters.js';
import type { Plan } from './plan.js';

/** W and b of a layer, or a number for each of their entries. */
export type LayerValues = ParameterSet[number];

/** Writes a network's parameters, or as many other numbers, into the engine's layout, rounded to 32 bits. */
export function writeParameters(plan: Plan, values: ParameterSet, into: Float32Array): void {
  into.fill(0);
  for (const [l, { W, b }] of values.entries()) {
    visitLayer(plan, l, (at, i, j) => {
      into[at] = j < 0 ? b.data[i]! : W.data[i * W.cols + j]!;
    });
  }
}

/** Reads parameters or gradients out of the engine's layout, each times `factor`. */
export function readParameters(
  plan: Plan,
  from: Float32Array,
  factor = 1,
  firstFactor = factor,
): LayerValues[] {
  return plan.sizes.slice(1).map((units, l) => {
    const W = matrix(units, plan.sizes[l]!);
    const b = matrix(units, 1);
    visitLayer(plan, l, (at, i, j) => {
      if (j < 0) b.data[i] = from[at]! * factor;
      else W.data[i * W.cols + j] = from[at]! * (l === 0 ? firstFactor : factor);
    });
    return { W, b };
  });
}

/** Where each parameter of layer l lies, in floats: unit i, input j, or −1 for the bias. */
function visitLayer(plan: Plan, l: number, visit: (at: number, unit: number, input: number) => void): void {
  const units = plan.sizes[l + 1]!;
  const inputs = plan.sizes[l]!;
  if (l === 0) {
    for (const { firstUnit, vectors, offset } of plan.slabs) {
      const width = 4 * vectors;
      for (let i = firstUnit; i < Math.min(units, firstUnit + width); i++) {
        for (let j = 0; j < inputs; j++) visit(offset / 4 + j * width + (i - firstUnit), i, j);
      }
    }
    for (let i = 0; i < units; i++) visit(plan.firstBias / 4 + i, i, -1);
    return;
  }
  const { W, b, ldW } = plan.dense[l - 1]!;
  for (let i = 0; i < units; i++) {
    for (let j = 0; j < inputs; j++) visit((W + i * ldW) / 4 + j, i, j);
    visit(b / 4 + i, i, -1);
  }
}
