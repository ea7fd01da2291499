import type { Network } from '../maths/network.js';
import { type Cycle, type CycleInputs, createCycle } from './cycle.js';
import { explainDb, explainDW, explainDZ, explainParameter } from './explain-backward.js';
import { explainA, explainJ, explainZ } from './explain-forward.js';
import type { Explanation } from './explanation.js';
import { type QuantityName, type Reference, settleReference } from './reference.js';

const BY_QUANTITY: Readonly<Record<QuantityName, (cycle: Cycle, reference: Reference) => Explanation>> = {
  X: explainGiven,
  Y: explainGiven,
  Z: explainZ,
  A: explainA,
  J: explainJ,
  dZ: explainDZ,
  dW: explainDW,
  db: explainDb,
  W: explainParameter,
  b: explainParameter,
};

/**
 * Explains one entry of any quantity of a training iteration: its terms, their factors and where
 * those come from, for any number of layers. Sums are added in the order of the maths, so they
 * agree to the last bit.
 *
 * @throws EntryError when there is no such entry, or it needs labels and there are none
 * @throws ShapeError when X, Y and the network do not fit together
 */
export function explain(network: Network, inputs: CycleInputs, reference: Reference): Explanation {
  const settled = settleReference(reference, network, inputs.X.cols);
  return BY_QUANTITY[settled.quantity](createCycle(network, inputs), settled);
}

function explainGiven({ m, read }: Cycle, reference: Reference): Explanation {
  return { kind: 'given', reference, value: read(reference), m };
}
