import { formatNumber } from '@longhand/core/explain';
import type { ComponentChildren } from 'preact';
import type { ExperimentName, ExperimentSettings } from '../../computations/experiment.js';
import { activation, biasGradient, pixels, startRange, startValue, step, weightedSum } from './equations.js';

interface SideText {
  readonly name: string;
  /** The equation, for a screen reader. */
  readonly spoken: string;
  readonly equation: ComponentChildren;
}

/** The heading of each of the two halves: its name, and the equation in which they differ. */
export function sideTexts({ name, alpha, start }: ExperimentSettings): readonly [SideText, SideText] {
  switch (name) {
    case 'no-bias':
      return [
        { name: 'with bias', spoken: 'Z equals W A plus b', equation: weightedSum(false) },
        { name: 'without bias', spoken: 'Z equals W A, the b crossed out', equation: weightedSum(true) },
      ];
    case 'no-relu':
      return [
        { name: 'with ReLU', spoken: 'A1 equals ReLU of Z1', equation: activation('ReLU', 1, false) },
        {
          name: 'without ReLU',
          spoken: 'A1 equals Z1, ReLU crossed out',
          equation: activation('ReLU', 1, true),
        },
      ];
    case 'no-softmax':
      return [
        {
          name: 'with softmax',
          spoken: 'A2 equals softmax of Z2',
          equation: activation('softmax', 2, false),
        },
        {
          name: 'without softmax',
          spoken: 'A2 equals Z2, softmax crossed out',
          equation: activation('softmax', 2, true),
        },
      ];
    case 'zero-start':
      return [
        { name: 'random at the start', spoken: 'W and b random, from −0.5 to 0.5', equation: startRange() },
        {
          name: start === 0 ? 'zero at the start' : `${start} at the start`,
          spoken: `W and b equal ${start}`,
          equation: startValue(start),
        },
      ];
    case 'large-alpha':
      return [
        { name: 'α = 0.1', spoken: 'W becomes W minus 0.1 dW', equation: step(0.1, false) },
        {
          name: `α = ${formatNumber(alpha)}`,
          spoken: `W becomes W minus ${alpha} dW`,
          equation: step(alpha, true),
        },
      ];
    case 'raw-pixels':
      return [
        { name: 'divided by 255', spoken: 'X equals pixels over 255', equation: pixels(false) },
        { name: 'not divided', spoken: 'X equals pixels, over 255 crossed out', equation: pixels(true) },
      ];
    case 'summed-db':
      return [
        {
          name: 'summed over the examples',
          spoken: 'db of unit i equals 1 over m times the sum over j of dZ i j',
          equation: biasGradient(false),
        },
        {
          name: 'summed over everything',
          spoken: 'db of unit i equals 1 over m times the sum over k and j of dZ k j',
          equation: biasGradient(true),
        },
      ];
  }
}

/** The loss that the curves show. */
export function lossName(name: ExperimentName): string {
  return name === 'no-softmax' ? 'squared error ½Σ(a − y)²' : 'loss, in nats';
}
