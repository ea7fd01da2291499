import { percent, signed } from '@longhand/core/text';
import type { Outcome } from './versions.js';

/** An accuracy that the notebook claims (0–1), and what it really is. */
export interface Claim {
  readonly name: string;
  readonly claimed: number;
  readonly measured: number;
  readonly why: string;
}

/** The accuracy that the notebook's author reports for the training set. */
const CLAIMED = 0.98;

/** The two mistakes that change no parameter, only the reported accuracy. */
export function claimsOf({ accuracies, train, updates }: Outcome): Claim[] {
  const printed = accuracies[updates - 1]!;
  const gains = accuracies.slice(1).map((after, i) => after - accuracies[i]!);
  const largest = gains.reduce((best, gain, i) => (Math.abs(gain) > Math.abs(gains[best]!) ? i : best), 0);
  return [
    {
      name: 'accuracy printed before the update',
      claimed: printed,
      measured: train.accuracy,
      why: `The printed accuracy is that of the parameters before the update. At the end the difference is ${points(train.accuracy - printed)}; at iteration ${largest} it was ${points(gains[largest]!)}.`,
    },
    {
      name: 'about 98% on the training set',
      claimed: CLAIMED,
      measured: train.accuracy,
      why: `Ten hidden units reach ${percent(train.accuracy)} after ${updates} iterations: the code cannot give what is claimed.`,
    },
  ];
}

function points(share: number): string {
  return `${signed(100 * share, 3)} points`;
}
