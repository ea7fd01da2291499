import { ModelError } from '@longhand/core';
import { networkOf, type Snapshot } from '../computations/snapshots.js';
import { amount } from '../text.js';
import { addModel, type NamedModel, nameModel, ownModels } from './models.js';
import type { Run } from './run.js';

/** The network of a run as it was at a kept iteration, as a model that all pages can use. */
export async function takeSnapshot(run: Run, { iteration, parameters }: Snapshot): Promise<NamedModel> {
  const network = networkOf(run.shape!, parameters);
  const end = run.model.peek();
  if (!end)
    throw new ModelError(`The model of run ${run.number} was deleted: its pictures are all that is left`);
  const results = { iterations: iteration };
  const name = `run ${run.number} after ${amount(iteration, 'iteration')}`;
  const { doubt: _doubt, ...record } = end.record;
  const model = await nameModel({ network, record: { ...record, results } }, name);
  const known = ownModels.peek().find(({ sha256 }) => sha256 === model.sha256);
  if (known) return known;
  const snapshot = { ...model, isSnapshot: true };
  addModel(snapshot);
  return snapshot;
}
