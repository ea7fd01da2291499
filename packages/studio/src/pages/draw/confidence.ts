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
 * @param frames of the drawing
 */
export function verdictOf(
  probabilities: ArrayLike<number>,
  frames: readonly Uint8Array[],
  judge: Judge,
): Verdict {
  const [answer, runnerUp] = firstTwo(probabilities);
  const { confidence, doubt } = judge(probabilities, frames);
  return {
    confidence: doubt?.reason ?? 'sure',
    answer,
    runnerUp,
    sentence: doubt?.message ?? `It is ${probability(confidence).replace('>', 'over')} sure.`,
  };
}
