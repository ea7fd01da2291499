import type { ModelRecord, Network } from '@longhand/core';
import type { Explanation, Reference } from '@longhand/core/explain';
import type { Question } from '../prediction/questions.js';

/** What the number is: `The weighted sum of unit 8 in layer 1`. */
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
      if (isTable) return `The value of ${input(row)}, as the network takes it,`;
      return `The ink at pixel ${row} (line ${Math.floor(row / width)}, column ${row % width})`;
    case 'Y':
      return `The label: whether it is class ${classNames[row]}`;
    case 'Z':
      return `The weighted sum of ${unit}`;
    case 'A':
      return `The ${isLast && output.name === 'softmax' ? 'probability' : 'activation'} of ${unit}`;
    case 'J':
      return 'The mean loss, in nats,';
    case 'dZ':
      return `The gradient at the weighted sum of ${unit}`;
    case 'dW':
      return `The gradient at the weight from ${source} to ${unit}`;
    case 'db':
      return `The gradient at the bias of ${unit}`;
    case 'W':
      return `The weight from ${source} to ${unit}${update}`;
    case 'b':
      return `The bias of ${unit}${update}`;
  }
}

/** Which examples it is of: `example 115 (a 4)`, or all over which it is a mean. */
export function examplesInWords(
  { quantity, column }: Reference,
  questions: readonly Question[],
  { classNames }: ModelRecord,
): string {
  const named = ({ index, label }: Question) => `${index} (${oneOf(classNames[label!]!)})`;
  const isMean = ['J', 'dW', 'db', 'W', 'b'].includes(quantity);
  if (!isMean || questions.length === 1) return `example ${named(questions[isMean ? 0 : column]!)}`;
  return `examples ${questions.map(named).join(', ')}`;
}

/** `a 4`, but `Ankle boot`: what article a word takes is not known. */
export function oneOf(className: string): string {
  return /^\d+$/.test(className) ? `a ${className}` : className;
}
