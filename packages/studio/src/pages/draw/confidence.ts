import { type Doubt, doubtOf, firstTwo, type Judge } from '@longhand/core/evaluation';
import { probability } from '../../text.js';

export interface Verdict {
  /** Whether the answer is sure; if not, why (`doubtOf`). */
  readonly confidence: 'sure' | Doubt['reason'];
  readonly answer: number;
  readonly runnerUp: number;
  /** One sentence for the user. */
  readonly sentence: string;
}

/**
 * Judges an answer from the probabilities of all classes.
 *
 * @param distance how far the picture is from real digits; above 1 it looks like none
 * @param model what a model that learnt to doubt says: then the distance does not count
 */
export function judge(
  probabilities: ArrayLike<number>,
  distance: number | undefined,
  names: readonly string[],
  model?: { readonly judge: Judge; readonly pixels: Uint8Array },
): Verdict {
  const [answer, runnerUp] = firstTwo(probabilities);
  const unlike =
    distance !== undefined && distance > 1 ? 'It looks like no digit that the network knows' : undefined;
  const judged = model?.judge.strangeness && model.judge(probabilities, model.pixels);
  const doubt = judged ? judged.doubt : doubtOf(probabilities, names, unlike);
  const share = probability(judged ? judged.confidence : probabilities[answer]!).replace('>', 'over');
  return {
    confidence: doubt?.reason ?? 'sure',
    answer,
    runnerUp,
    sentence: doubt?.message ?? `It is ${share} sure.`,
  };
}
