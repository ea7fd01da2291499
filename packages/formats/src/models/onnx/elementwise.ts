import type { OnnxNode } from './graph-reader.js';

/** The error function, to 1.2e-7 (Numerical Recipes, 3rd ed., 6.2.2: erfc by Chebyshev fitting). */
function erf(x: number): number {
  const t = 2 / (2 + Math.abs(x));
  const coefficients = [
    ...[-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806],
    ...[0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277],
  ];
  const sum = coefficients.reduceRight((all, coefficient) => all * t + coefficient, 0);
  const complement = t * Math.exp(-x * x + sum);
  return x >= 0 ? 1 - complement : complement - 1;
}

const logistic = (z: number) => 1 / (1 + Math.exp(-z));

/** A number that an attribute gives. */
export function numberOf({ attributes }: OnnxNode, name: string, usual: number): number {
  const value = attributes.get(name);
  return typeof value === 'number' ? value : usual;
}

/** Operations on each number, with the constants of ONNX where an attribute is left out. */
export const ELEMENTWISE: Readonly<Record<string, (node: OnnxNode) => (z: number) => number>> = {
  Relu: () => (z) => Math.max(0, z),
  LeakyRelu: (node) => (z) => (z < 0 ? numberOf(node, 'alpha', 0.01) * z : z),
  Sigmoid: () => logistic,
  Tanh: () => Math.tanh,
  Erf: () => erf,
  Exp: () => Math.exp,
  Neg: () => (z) => -z,
  Abs: () => Math.abs,
  Sqrt: () => Math.sqrt,
  Reciprocal: () => (z) => 1 / z,
  Softplus: () => (z) => Math.log1p(Math.exp(z)),
  Elu: (node) => (z) => (z < 0 ? numberOf(node, 'alpha', 1) * Math.expm1(z) : z),
  HardSigmoid: (node) => (z) =>
    Math.max(0, Math.min(1, numberOf(node, 'alpha', 0.2) * z + numberOf(node, 'beta', 0.5))),
  HardSwish: () => (z) => z * Math.max(0, Math.min(1, z / 6 + 0.5)),
  Swish: (node) => (z) => z * logistic(numberOf(node, 'alpha', 1) * z),
  Gelu: (node) => (z) =>
    node.attributes.get('approximate') === 'tanh'
      ? z * logistic(Math.sqrt(8 / Math.PI) * (z + 0.044715 * z * z * z))
      : (z / 2) * (1 + erf(z / Math.SQRT2)),
};

/** Operations on two numbers. */
export const PAIRWISE: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
};
