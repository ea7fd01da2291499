import type { NetworkShape, Snapshot } from '../computations/snapshots.js';
import type { Run } from './run.js';

/** The snapshot of a run that the page shows; nothing at the run's end. */
export function shownSnapshot({ lookedAt, snapshots }: Run): Snapshot | undefined {
  const at = lookedAt.value;
  return at === undefined ? undefined : snapshots[at];
}

/** The weights of the first layer that the page shows. */
export function shownWeights(run: Run): Float32Array | undefined {
  const snapshot = shownSnapshot(run);
  return snapshot ? firstWeights(run.shape, snapshot) : run.W1.value;
}

/** The weights of the first layer before the first update, if they were kept. */
export function startWeights({ shape, snapshots }: Run): Float32Array | undefined {
  const [start] = snapshots;
  return start?.iteration === 0 ? firstWeights(shape, start) : undefined;
}

/** The weights of the first layer in a snapshot. */
export function firstWeights(
  shape: NetworkShape | undefined,
  snapshot: Snapshot | undefined,
): Float32Array | undefined {
  const [first] = shape?.layers ?? [];
  return first && snapshot?.parameters.subarray(0, first.units * first.inputs);
}
