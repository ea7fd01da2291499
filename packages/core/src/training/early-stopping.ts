import type { BestSoFar } from '../checkpoint.js';
import type { BatchResult } from '../engine/api/engine.js';
import type { ParameterSet } from '../maths/parameter-set.js';
import type { Settings } from '../settings/setting.js';

/** Keeps the parameters that were best on dev, and says when improvement has taken too long. */
export class EarlyStopping {
  readonly #patience: number;
  readonly #monitor: Settings['monitor'];
  best: BestSoFar | undefined;

  constructor({ patience, monitor }: Pick<Settings, 'patience' | 'monitor'>, best: BestSoFar | undefined) {
    this.#patience = patience === 'none' ? Number.POSITIVE_INFINITY : patience;
    this.#monitor = monitor;
    this.best = best;
  }

  /**
   * Takes in one evaluation on dev.
   *
   * @param parameters asked for only when they are the best so far
   * @returns whether patience is exhausted
   */
  see(evaluation: BatchResult, iteration: number, parameters: () => ParameterSet): boolean {
    if (this.#patience === Number.POSITIVE_INFINITY) return false;
    const score = this.#monitor === 'loss' ? -evaluation.loss : evaluation.correct;
    const { best } = this;
    if (!best || score > best.score) {
      this.best = { iteration, score, parameters: parameters(), evaluationsSince: 0 };
      return false;
    }
    this.best = { ...best, evaluationsSince: best.evaluationsSince + 1 };
    return this.best.evaluationsSince >= this.#patience;
  }
}
