import type { ActivationName } from '@longhand/core';
import { type Explanation, explainActivation, type Reference } from '@longhand/core/explain';
import { ACTIVATIONS } from '@longhand/core/maths';
import type { Iteration } from '../../computations/cycle.js';
import type { SumLabels } from './sum-table.js';

/** What the table of a sum calls the units and the examples of an iteration. */
export function labelsFor({ network, examples }: Pick<Iteration, 'network' | 'examples'>): SumLabels {
  const { classNames, features } = examples.dataset;
  const last = network.layers.length;
  return {
    unit: (layer, index) => {
      if (layer === 0) return inputLabel({ examples }, index);
      if (layer < last) return `hidden unit ${index}`;
      return classNames[index] === undefined ? `output ${index}` : `class ${classNames[index]}`;
    },
    otherUnits: (layer) => {
      if (layer > 0) return { more: 'more units', zero: 'units with output 0' };
      if (features) return { more: 'more inputs', zero: 'inputs that are 0' };
      return { more: 'more pixels with ink', zero: 'blank pixels' };
    },
    example: (column) => `example ${column}`,
  };
}

/** Which entry of its matrix a number is: `unit 8 of`, to be followed by the matrix. */
export function placeLabel(
  { m, examples }: Pick<Iteration, 'm' | 'examples'>,
  { quantity, row, column }: Reference,
): string {
  const ofExample = m > 1 ? ` for example ${column}` : '';
  switch (quantity) {
    case 'X':
      return `${inputLabel({ examples }, row)}${ofExample} of`;
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

/** `pixel (13, 16)`: row and column. In other data, the name of the column. */
function inputLabel({ examples }: Pick<Iteration, 'examples'>, index: number): string {
  const { width, features } = examples.dataset;
  return features?.[index]?.name ?? `pixel (${Math.floor(index / width)}, ${index % width})`;
}

/** What kind of number it is, in a few plain sentences. */
export function sentenceOf(explanation: Explanation, { examples }: Pick<Iteration, 'examples'>): string {
  const { reference, m } = explanation;
  const isPicture = examples.dataset.features === undefined;
  const averaged = m > 1 ? ', averaged over the examples' : '';
  switch (explanation.kind) {
    case 'given':
      if (reference.quantity === 'Y') return 'The label: 1 for the right class, 0 for all others.';
      return isPicture
        ? 'A pixel: 0 where the paper is blank, up to 1 for full ink. The picture’s bytes are divided by 255.'
        : 'An input, as it stands in the data.';
    case 'weighted-sum': {
      const input =
        reference.layer > 1 ? 'Each unit of the layer before' : isPicture ? 'Each pixel' : 'Each input';
      return `${input} is multiplied by the weight of its connection to this unit. The products are added, plus the bias.`;
    }
    case 'activation':
      return explainActivation(explanation.activation);
    case 'softmax':
      return 'Softmax makes probabilities of the weighted sums: e to the power of each z, divided by their sum. The largest z is subtracted first, so that no number gets too large.';
    case 'loss':
      return `The loss: −log of the probability that the network gives to the right class${averaged}. A perfect network has 0.`;
    case 'output-delta':
      return 'The error of this output: the network’s answer minus the right answer.';
    case 'hidden-delta':
      return `The error of this unit: the errors of the next layer, sent back through the same weights. ${slopeSentence(explanation.activation)}`;
    case 'weight-gradient':
      return `The gradient of this weight: how much the loss changes when the weight grows a little. It is the input times the unit’s error${averaged}.`;
    case 'bias-gradient':
      return `The gradient of this bias: how much the loss changes when the bias grows a little. It is the unit’s error${averaged}.`;
    case 'update':
      return 'A small step downhill: new value = old value − learning rate × gradient.';
  }
}

/** What the activation function does to an error that comes back. */
function slopeSentence(name: ActivationName): string {
  const { label, derivative } = ACTIVATIONS[name];
  const isOffBelow0 = derivative(-1) === 0;
  return isOffBelow0
    ? `Where ${label} is off, the error is 0.`
    : `They are multiplied by the slope of ${label}.`;
}
