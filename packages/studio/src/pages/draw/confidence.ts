import { type Doubt, firstTwo, type Judge } from '@longhand/core/evaluation';
import { probability } from '../../text.js';

export interface Verdict {
  /** Whether the answer is sure; if not, why. */
  readonly confidence: 'sure' | Doubt['reason'];
  readonly answer: number;
  readonly runnerUp: number;
  /** One sentence for the user. */
  readonly sentence: string;
}

/**
 * Puts an answer into words, as its model judges it: the same as in `longhand predict`.
 *
 * @param probabilities of all classes
 * @param pixels the drawing, framed
 */
export function verdictOf(probabilities: ArrayLike<number>, pixels: Uint8Array, judge: Judge): Verdict {
  const [answer, runnerUp] = firstTwo(probabilities);
  const { confidence, doubt } = judge(probabilities, pixels);
  return {
    confidence: doubt?.reason ?? 'sure',
    answer,
    runnerUp,
    sentence: doubt?.message ?? `It is ${probability(confidence).replace('>', 'over')} sure.`,
  };
}
