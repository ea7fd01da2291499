import type { ModelRecord, Network } from '@longhand/core';
import type { Explanation, Reference } from '@longhand/core/explain';
import type { PredictionInput } from '../prediction/inputs.js';

/** The name of a number: `The weighted sum of unit 8 in layer 1`. */
export function nameInWords(
  explanation: Explanation,
  { layers, output }: Network,
  { width, height, classNames, features }: ModelRecord,
): string {
  const { quantity, layer, row, column } = explanation.reference;
  const isLast = layer === layers.length;
  const unit = isLast ? `class ${classNames[row]}` : `unit ${row} in layer ${layer}`;
  const isTable = width === 1 || height === 1;
  const input = (place: number) => features?.[place]?.name ?? `${isTable ? 'input' : 'pixel'} ${place}`;
  const source = layer === 1 ? input(column) : `unit ${column}`;
  const update = explanation.kind === 'update' ? ` after one update with α = ${explanation.alpha}` : '';
  switch (quantity) {
    case 'X':
      if (isTable) return `The scaled value of ${input(row)}`;
      return `The brightness of pixel ${row} (row ${Math.floor(row / width)}, column ${row % width})`;
    case 'Y':
      return `The label of class ${classNames[row]} (1 if the example belongs to it)`;
    case 'Z':
      return `The weighted sum of ${unit}`;
    case 'A':
      return `The ${isLast && output.name === 'softmax' ? 'probability' : 'activation'} of ${unit}`;
    case 'J':
      return 'The mean loss in nats';
    case 'dZ':
      return `The error of ${unit} (the gradient at its weighted sum)`;
    case 'dW':
      return `The gradient of the weight from ${source} to ${unit}`;
    case 'db':
      return `The gradient of the bias of ${unit}`;
    case 'W':
      return `The weight from ${source} to ${unit}${update}`;
    case 'b':
      return `The bias of ${unit}${update}`;
  }
}

/** The examples that the number belongs to: `example 115 (a 4)`, or all of a mean. */
export function examplesInWords(
  { quantity, column }: Reference,
  inputs: readonly PredictionInput[],
  { classNames }: ModelRecord,
): string {
  const named = ({ index, label }: PredictionInput) => `${index} (${oneOf(classNames[label!]!)})`;
  const isMean = ['J', 'dW', 'db', 'W', 'b'].includes(quantity);
  if (!isMean || inputs.length === 1) return `example ${named(inputs[isMean ? 0 : column]!)}`;
  return `examples ${inputs.map(named).join(', ')}`;
}

/** `a 4`, but `Ankle boot`: the article of a word is not known. */
export function oneOf(className: string): string {
  return /^\d+$/.test(className) ? `a ${className}` : className;
}
