import { matrix } from '../../maths/matrix.js';
import type { ParameterSet } from '../../maths/parameter-set.js';
import type { Plan } from './plan.js';

/** Parameters, or a number for each of them, in the layout of a plan, rounded to 32 bits. */
export function layOutParameters(plan: Plan, values: ParameterSet): Float32Array {
  const floats = new Float32Array(plan.bytes / 4);
  for (const [l, { W, b }] of values.entries()) {
    visitLayer(plan, l, (at, i, j) => {
      floats[at] = j < 0 ? b.data[i]! : W.data[i * W.cols + j]!;
    });
  }
  return floats;
}

/**
 * Parameters or gradients from the layout of a plan, multiplied by a factor.
 *
 * @param factorOfW1 the factor for W¹, if it is another one
 */
export function readParameters(
  plan: Plan,
  floats: Float32Array,
  factor = 1,
  factorOfW1 = factor,
): ParameterSet[number][] {
  return plan.sizes.slice(1).map((units, l) => {
    const W = matrix(units, plan.sizes[l]!);
    const b = matrix(units, 1);
    visitLayer(plan, l, (at, i, j) => {
      if (j < 0) b.data[i] = floats[at]! * factor;
      else W.data[i * W.cols + j] = floats[at]! * (l === 0 ? factorOfW1 : factor);
    });
    return { W, b };
  });
}

/** Visits each parameter of layer l + 1: its place in floats, its unit, its input (−1: the bias). */
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
