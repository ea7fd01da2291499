import { createHash } from 'node:crypto';
import type { JobAnswer } from './job-payload.js';

/** Whether a task is among the share that is computed twice: the same tasks in every sweep of the seed. */
export function isVerified(task: string, share: number, seed: number): boolean {
  const digest = createHash('sha256').update(`verify ${seed} ${task}`).digest();
  return digest.readUInt32LE(0) / 2 ** 32 < share;
}

/** What several computations of one task say. */
export type Verdict =
  /** The result holds; the workers named computed other bits. */
  | { readonly type: 'settled'; readonly answer: JobAnswer; readonly wrong: readonly JobAnswer[] }
  /** Another worker than these has to compute it. */
  | { readonly type: 'again'; readonly except: readonly string[]; readonly disagree: boolean };

/**
 * Decides by majority. Answers of one worker count once, so that no machine confirms itself.
 *
 * @param answers in the order of their copies, at least one
 * @param isChecked whether two workers must agree
 */
export function judge(answers: readonly JobAnswer[], isChecked: boolean): Verdict {
  const [first] = answers;
  if (!isChecked) return { type: 'settled', answer: first!, wrong: [] };
  const groups = new Map<string, JobAnswer[]>();
  const seen = new Set<string>();
  for (const answer of answers) {
    if (seen.has(answer.worker)) continue;
    seen.add(answer.worker);
    const bits = bitsOf(answer);
    groups.set(bits, [...(groups.get(bits) ?? []), answer]);
  }
  const winner = [...groups.values()].find((group) => group.length > 1);
  if (!winner) return { type: 'again', except: [...seen], disagree: groups.size > 1 };
  const wrong = [...groups.values()].filter((group) => group !== winner).flat();
  return { type: 'settled', answer: winner[0]!, wrong };
}

/** All of an answer that every worker must come to. */
function bitsOf({ outcome }: JobAnswer): string {
  if (outcome.type === 'failed') return JSON.stringify(['failed', outcome.reason]);
  const { updates, parametersSha256, train, dev, curve } = outcome;
  return JSON.stringify([updates, parametersSha256, train, dev, curve]);
}
