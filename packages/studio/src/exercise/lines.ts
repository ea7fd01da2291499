import type { QuantityName } from '@longhand/core/exercise';

/** Help for one quantity: a hint, and the line itself. */
interface Line {
  readonly name: QuantityName;
  readonly hint: string;
  readonly code: string;
}

const weighted = (Z: string, W: string, A: string, b: string) =>
  `let ${W}${A} = multiply(${W}, ${A});
${Z} = fill(${b}.length, m, (i, j) => ${W}${A}[i][j] + ${b}[i][0]);`;
const weightGradient = (dW: string, dZ: string, A: string) =>
  `let ${dZ}${A} = multiply(${dZ}, transpose(${A}));
${dW} = fill(${dZ}.length, ${A}.length, (i, j) => ${dZ}${A}[i][j] / m);`;
const biasGradient = (db: string, dZ: string) =>
  `${db} = fill(${dZ}.length, 1, (i) => {
  let sum = 0;
  for (let j = 0; j < m; j++) sum += ${dZ}[i][j];
  return sum / m;
});`;
const updated = (P: string, dP: string) =>
  `${P}_new = fill(${P}.length, ${P}[0].length, (i, j) => ${P}[i][j] - alpha * ${dP}[i][j]);`;

/** A right program, line by line, in the order in which the quantities are computed. A test runs it. */
export const LINES: readonly Line[] = [
  {
    name: 'Z1',
    hint: 'Multiply the weights by the pixels: multiply(W1, X). Then add b1[i][0] to every number of row i.',
    code: weighted('Z1', 'W1', 'X', 'b1'),
  },
  {
    name: 'A1',
    hint: 'ReLU keeps a positive number and makes a negative one 0: Math.max(0, z), for each z of Z1.',
    code: 'A1 = fill(Z1.length, m, (i, j) => Math.max(0, Z1[i][j]));',
  },
  {
    name: 'Z2',
    hint: 'The same sum as Z1, one layer later: with W2 and b2, and with A1 in the place of X.',
    code: weighted('Z2', 'W2', 'A1', 'b2'),
  },
  {
    name: 'A2',
    hint:
      'Softmax works on one column at a time: j stays, and k runs over its scores. Take Math.exp of each score, ' +
      'and divide it by the sum of the column.',
    code: `A2 = fill(Z2.length, m, (i, j) => {
  let largest = Z2[0][j];
  for (let k = 0; k < Z2.length; k++) largest = Math.max(largest, Z2[k][j]);
  let sum = 0;
  for (let k = 0; k < Z2.length; k++) sum += Math.exp(Z2[k][j] - largest);
  return Math.exp(Z2[i][j] - largest) / sum;
});`,
  },
  {
    name: 'loss',
    hint: 'Y is 1 at the right digit, and 0 elsewhere. Add −Y[i][j] · log A2[i][j] over all entries, and divide by m.',
    code: `loss = 0;
for (let i = 0; i < A2.length; i++) {
  for (let j = 0; j < m; j++) loss -= (Y[i][j] * Math.log(A2[i][j])) / m;
}`,
  },
  {
    name: 'dZ2',
    hint: 'The error of the output is the answer minus the right answer, entry by entry.',
    code: 'dZ2 = fill(A2.length, m, (i, j) => A2[i][j] - Y[i][j]);',
  },
  {
    name: 'dW2',
    hint: 'What came in along a weight times the error of its unit: multiply dZ2 by transpose(A1). Divide by m.',
    code: weightGradient('dW2', 'dZ2', 'A1'),
  },
  {
    name: 'db2',
    hint: 'Add up each row of dZ2, and divide by m. The result is a column: a list of rows with one number each.',
    code: biasGradient('db2', 'dZ2'),
  },
  {
    name: 'dZ1',
    hint: 'Send the errors back through the same weights: transpose(W2) times dZ2. Where Z1 is not above 0, the error is 0.',
    code: `let back = multiply(transpose(W2), dZ2);
dZ1 = fill(Z1.length, m, (i, j) => (Z1[i][j] > 0 ? back[i][j] : 0));`,
  },
  {
    name: 'dW1',
    hint: 'The same as dW2, one layer earlier: with dZ1, and with X in the place of A1.',
    code: weightGradient('dW1', 'dZ1', 'X'),
  },
  { name: 'db1', hint: 'The same as db2, with dZ1.', code: biasGradient('db1', 'dZ1') },
  {
    name: 'W1_new',
    hint: 'A small step downhill: each old weight minus alpha times its gradient.',
    code: updated('W1', 'dW1'),
  },
  {
    name: 'b1_new',
    hint: 'As for the weights: b1 minus alpha times db1, entry by entry.',
    code: updated('b1', 'db1'),
  },
  { name: 'W2_new', hint: 'As for W1_new, with W2 and dW2.', code: updated('W2', 'dW2') },
  { name: 'b2_new', hint: 'As for b1_new, with b2 and db2.', code: updated('b2', 'db2') },
];
