import { percent, signed } from '../terminal/figures.js';
import type { Outcome } from './versions.js';

/** What the notebook says of itself, 0–1, beside what is so. */
export interface Claim {
  readonly name: string;
  readonly said: number;
  readonly so: number;
  readonly why: string;
}

/** The accuracy that the notebook's author reports for the training set. */
const CLAIMED = 0.98;

/** The two mistakes that change no parameter, only what is read from them. */
export function claimsOf({ accuracies, train, updates }: Outcome): Claim[] {
  const printed = accuracies[updates - 1]!;
  const gains = accuracies.slice(1).map((after, i) => after - accuracies[i]!);
  const largest = gains.reduce((best, gain, i) => (Math.abs(gain) > Math.abs(gains[best]!) ? i : best), 0);
  return [
    {
      name: 'accuracy printed before the update',
      said: printed,
      so: train.accuracy,
      why: `What is printed belongs to the parameters of the step before: at the end that is ${points(train.accuracy - printed)}, at iteration ${largest} it was ${points(gains[largest]!)}.`,
    },
    {
      name: 'about 98% on the training set',
      said: CLAIMED,
      so: train.accuracy,
      why: `Ten hidden units after ${updates} iterations reach ${percent(train.accuracy)}: the claim does not follow from the code.`,
    },
  ];
}

function points(share: number): string {
  return `${signed(100 * share, 3)} points`;
}
