import { ACTIVATIONS } from '@longhand/core';
import type { Explanation, Reference } from '@longhand/core/explain';
import type { Iteration } from '../../computations/cycle.js';
import type { SumLabels } from './sum-table.js';

/** What a ledger calls the units and the examples of a turn. */
export function labelsFor({ network, examples }: Pick<Iteration, 'network' | 'examples'>): SumLabels {
  const { width, classNames, features } = examples.dataset;
  const last = network.layers.length;
  return {
    unit: (layer, index) => {
      if (layer === 0) return features?.[index]?.name ?? pixelAt(index, width);
      if (layer < last) return `hidden unit ${index}`;
      return classNames[index] === undefined ? `output ${index}` : `class ${classNames[index]}`;
    },
    example: (column) => `example ${column}`,
  };
}

/** Which entry of its quantity a number is. */
export function placeLabel({ m, examples }: Iteration, { quantity, row, column }: Reference): string {
  const ofExample = m > 1 ? ` for example ${column}` : '';
  switch (quantity) {
    case 'X':
      return `${pixelAt(row, examples.dataset.width)}${ofExample} of`;
    case 'Y':
      return `class ${examples.dataset.classNames[row]}${ofExample} of`;
    case 'W':
    case 'dW':
      return `row ${row}, column ${column} of`;
    case 'J':
      return 'the loss';
    default:
      return `unit ${row}${quantity === 'b' || quantity === 'db' ? '' : ofExample} of`;
  }
}

function pixelAt(index: number, width: number): string {
  return `pixel (${Math.floor(index / width)}, ${index % width})`;
}

/** What kind of number it is, in a sentence. */
export function sentenceOf(explanation: Explanation): string {
  const { reference, m } = explanation;
  switch (explanation.kind) {
    case 'given':
      return reference.quantity === 'X'
        ? 'A pixel: its byte, from 0 for blank to 255 for ink, divided by 255.'
        : 'The label: 1 for the right class, 0 for the others.';
    case 'weighted-sum':
      return reference.layer === 1
        ? 'Lay the digit over this unit’s weights and add up what the ink meets.'
        : 'Every unit of the layer below speaks, as loudly as its activation, weighted by the line that joins it to this one.';
    case 'activation':
      return ACTIVATIONS[explanation.activation].explanation;
    case 'softmax':
      return 'Each class gets e to the power of its z, less the largest so that nothing overflows; divided by their sum they are probabilities.';
    case 'loss':
      return 'How surprised the network is by the labels: the mean of −log of the probability of the right class.';
    case 'output-delta':
      return 'What the network said less what is right: this much too much, or too little.';
    case 'hidden-delta':
      return 'The blame of every unit above, weighted by the line it came along; nothing passes where ReLU was flat.';
    case 'weight-gradient':
      return `What came in along this weight times the blame of its unit${m > 1 ? ', the mean over the examples' : ''}: how the loss moves when the weight does.`;
    case 'bias-gradient':
      return `The blame of this unit${m > 1 ? ', the mean over the examples' : ''}: a sum over examples, one value per unit.`;
    case 'update':
      return 'A small step downhill: the old value less α times its gradient.';
  }
}
