import type { Step } from '@longhand/core';
import { type Point, pointsOf, type RunRecord } from './run-record.js';

/** Beyond this many points, every second one is dropped: a curve has no more pixels. */
const MAX_POINTS = 1200;

/** The curves of a run, as they grow. */
export class RunCurves {
  training: readonly Point[] = [];
  /** On dev. */
  watched: readonly Point[] = [];
  /** The loss before the first update, in nats. */
  firstLoss = Number.NaN;
  /** The largest loss so far. */
  worstLoss = 0;
  /** Of so many points, one is kept. */
  #stride = 1;
  #seen = 0;

  constructor(record?: RunRecord) {
    if (!record) return;
    this.training = pointsOf(record.training);
    this.watched = pointsOf(record.watched);
    this.firstLoss = record.firstLoss;
    this.worstLoss = record.worstLoss;
    this.#seen = this.training.length;
  }

  add(steps: readonly Step[]): void {
    const training = [...this.training];
    const watched = [...this.watched];
    for (const { epoch, loss, accuracy, dev } of steps) {
      if (this.#seen === 0) this.firstLoss = loss;
      this.worstLoss = Math.max(this.worstLoss, loss);
      if (this.#seen++ % this.#stride === 0) training.push({ epoch, loss, accuracy });
      if (dev) watched.push({ epoch, loss: dev.loss, accuracy: dev.accuracy });
    }
    const isFull = training.length > MAX_POINTS;
    if (isFull) this.#stride *= 2;
    this.training = isFull ? training.filter((_, k) => k % 2 === 0) : training;
    this.watched = watched;
  }
}
