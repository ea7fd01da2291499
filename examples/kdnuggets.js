// The first network in KDnuggets' tutorial "Build an Artificial Neural Network From Scratch": three inputs, no hidden
// layer, one sigmoid unit. It learns a truth table of five rows. Run it: node examples/kdnuggets.js

import { createNetwork, describeNetwork } from '@longhand/core';
import { backward, forward, matrix, meanLoss, update } from '@longhand/core/maths';

// The table is transposed: each column is an example.
const inputs = [
  [0, 0, 1, 1, 1],
  [1, 0, 0, 1, 1],
  [0, 1, 0, 0, 1],
];
const labels = [1, 0, 0, 1, 1];
const X = matrix(3, 5, inputs.flat());
const Y = matrix(1, 5, labels);

let network = createNetwork({ layers: [3, 1], output: 'sigmoid', seed: 1 });
console.log(describeNetwork(network));

for (let iteration = 0; iteration <= 2000; iteration++) {
  const computed = forward(network, X);
  if (iteration % 500 === 0) {
    console.log(`iteration ${iteration}: loss ${meanLoss(network, computed, Y).toFixed(4)} nats`);
  }
  if (iteration < 2000) network = update(network, backward(network, computed, Y), 0.5);
}

const [answers] = forward(network, X).A.slice(-1);
for (const [j, label] of labels.entries()) {
  const row = inputs.map((input) => input[j]).join(' ');
  console.log(`${row} → ${answers.data[j].toFixed(3)}, should be ${label}`);
}

// All inputs are 0, so the weights have no effect: the answer comes from the bias alone.
const [nothing] = forward(network, matrix(3, 1, [0, 0, 0])).A.slice(-1);
console.log(`0 0 0 → ${nothing.data[0].toFixed(3)}, not in the table: σ(b)`);
