// Computes the board's cycle over all examples in 64 bits: too much work for the page's own thread.

import { Dataset, type Network } from '@longhand/core';
import type { Reference } from '@longhand/core/explain';
import type { PackedDataset } from '@longhand/core/files';
import { update } from '@longhand/core/maths';
import type { ComputedIteration } from '../computations/cycle.js';
import { computeInBlocks, forwardInBlocks } from '../computations/cycle-in-blocks.js';
import { type FiniteDifference, finiteDifference } from '../computations/finite-difference.js';
import { type NetworkMessage, packNetwork, unpackNetwork } from './network-message.js';
import { serve, withTransfer } from './serve.js';

/** An iteration of a network. */
export interface BoardQuestion {
  /** The network before any update, and a key that identifies it and α. */
  readonly start: NetworkMessage;
  readonly key: string;
  /** What each pixel's byte is multiplied by. */
  readonly pixelScale: number;
  /** How many updates on all examples come before it. */
  readonly iteration: number;
  readonly alpha: number;
}

export interface ParameterQuestion extends BoardQuestion {
  readonly parameter: Reference;
  /** The gradient that backward propagation computed. */
  readonly gradient: number;
}

export interface BoardAnswer {
  /** The network that the iteration starts from. */
  readonly network: NetworkMessage;
  readonly iteration: ComputedIteration;
}

/** The last answer: the next iteration starts from it. */
interface Reached {
  readonly key: string;
  readonly iteration: number;
  readonly network: Network;
  readonly gradients: Parameters<typeof update>[1];
}

let dataset: Dataset | undefined;
let reached: Reached | undefined;

const methods = {
  setDataset(packed: PackedDataset): void {
    dataset = new Dataset(packed);
    reached = undefined;
  },

  iteration(question: BoardQuestion): BoardAnswer {
    const network = networkFor(question);
    const computed = computeInBlocks(network, requireDataset(), question.pixelScale);
    const { key, iteration } = question;
    const gradients = computed.gradients.map(({ dW, db }) => ({ dW, db }));
    reached = { key, iteration, network, gradients };
    const answer = { network: packNetwork(network), iteration: computed };
    // One number per unit and example is too much to copy. The rest is small, and is used again.
    const wide = [...computed.computed.Z, ...computed.computed.A, ...computed.gradients.map(({ dZ }) => dZ)];
    return withTransfer(
      answer,
      wide.map(({ data }) => data.buffer),
    );
  },

  finiteDifference({ parameter, gradient, ...question }: ParameterQuestion): FiniteDifference {
    const network = networkFor(question);
    const blocks = forwardInBlocks(network, requireDataset(), question.pixelScale);
    return finiteDifference(network, blocks, parameter, gradient);
  },
};

export type BoardMethods = typeof methods;

serve(methods);

function requireDataset(): Dataset {
  if (!dataset) throw new Error('the board was asked before it had a dataset');
  return dataset;
}

function networkFor({ start, key, pixelScale, iteration, alpha }: BoardQuestion): Network {
  if (reached?.key === key && reached.iteration === iteration) return reached.network;
  if (reached?.key === key && reached.iteration === iteration - 1)
    return update(reached.network, reached.gradients, alpha);
  let network = unpackNetwork(start);
  for (let done = 0; done < iteration; done++) {
    const { gradients } = computeInBlocks(network, requireDataset(), pixelScale);
    network = update(network, gradients, alpha);
  }
  return network;
}
