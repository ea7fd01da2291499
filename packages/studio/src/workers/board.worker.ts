// The board's cycle over all examples, in 64-bit floats by the maths: too long for the page's own thread.
import {
  backward,
  Dataset,
  type Forward,
  forward,
  type LayerGradient,
  type Matrix,
  matrix,
  meanLoss,
  type Network,
  toDesignMatrix,
  update,
} from '@longhand/core';
import type { Reference } from '@longhand/core/explain';
import { decodeModel } from '@longhand/core/files';
import type { ComputedIteration } from '../computations/cycle.js';
import { finiteDifference } from '../computations/finite-difference.js';
import type { FromBoardWorker, ToBoardWorker, TurnQuestion } from './board-messages.js';

/** Examples worked on together: their pixels as numbers take 6 MB. */
const BLOCK = 1000;

let dataset: Dataset | undefined;
/** The network asked for last, so that the next turn begins where it ended. */
let reached:
  | {
      readonly key: string;
      readonly turn: number;
      readonly network: Network;
      readonly gradients: readonly LayerGradient[];
    }
  | undefined;

addEventListener('message', ({ data }: MessageEvent<ToBoardWorker>) => {
  if (data.type === 'dataset') {
    dataset = new Dataset(data.dataset);
    reached = undefined;
    return;
  }
  try {
    post(
      data.type === 'turn'
        ? turned(data.id, data.question)
        : nudged(data.id, data.question, data.parameter, data.gradient),
    );
  } catch (error) {
    post({ type: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) });
  }
});

function post(message: FromBoardWorker): void {
  postMessage(message);
}

function turned(id: number, question: TurnQuestion): FromBoardWorker {
  const { turn, network } = reach(question);
  return {
    type: 'turned',
    id,
    turn,
    parameters: network.layers.map(({ W, b }) => ({ W: W.data, b: b.data })),
  };
}

function nudged(id: number, question: TurnQuestion, parameter: Reference, gradient: number): FromBoardWorker {
  const { network, pixelScale } = networkAt(question);
  return {
    type: 'nudged',
    id,
    nudge: finiteDifference(network, partsOf(network, pixelScale), parameter, gradient),
  };
}

/** The network after so many updates, and its turn. */
function reach(question: TurnQuestion): { network: Network; turn: ComputedIteration } {
  const { network, pixelScale } = networkAt(question);
  const turn = turnOver(network, pixelScale);
  reached = { key: keyOf(question), turn: question.turn, network, gradients: turn.gradients };
  return { network, turn };
}

function networkAt(question: TurnQuestion): { network: Network; pixelScale: number } {
  const { network: start, record } = decodeModel(question.model, 'the model');
  const { pixelScale } = record;
  if (reached?.key === keyOf(question) && reached.turn === question.turn)
    return { network: reached.network, pixelScale };
  let network = start;
  let done = 0;
  if (reached?.key === keyOf(question) && reached.turn === question.turn - 1) {
    network = update(reached.network, reached.gradients, question.alpha);
    done = question.turn;
  }
  for (; done < question.turn; done++)
    network = update(network, turnOver(network, pixelScale).gradients, question.alpha);
  return { network, pixelScale };
}

function keyOf({ model, alpha }: TurnQuestion): string {
  return `${alpha} ${model.length} ${model.subarray(-4096).join()}`;
}

function* partsOf(
  network: Network,
  pixelScale: number,
): Generator<{ X: Matrix; Y: Matrix; computed: Forward }> {
  const { length } = dataset!;
  for (let from = 0; from < length; from += BLOCK) {
    const indices = Array.from({ length: Math.min(BLOCK, length - from) }, (_, k) => from + k);
    const { X, Y } = toDesignMatrix(dataset!, indices, pixelScale);
    yield { X, Y, computed: forward(network, X) };
  }
}

/** Forward, loss and backward, block by block: Z, A and dZ side by side, dW and db added up. */
function turnOver(network: Network, pixelScale: number): ComputedIteration {
  const m = dataset!.length;
  const wide = (rows: number) => matrix(rows, m);
  const Z = network.layers.map(({ W }) => wide(W.rows));
  const A = [matrix(0, 0), ...network.layers.map(({ W }) => wide(W.rows))];
  const gradients = network.layers.map(({ W }) => ({
    dZ: wide(W.rows),
    dW: matrix(W.rows, W.cols),
    db: matrix(W.rows, 1),
  }));
  let [from, loss] = [0, 0];
  for (const { Y, computed } of partsOf(network, pixelScale)) {
    const share = Y.cols / m;
    loss += share * meanLoss(network, computed, Y);
    for (const [l, { dZ, dW, db }] of backward(network, computed, Y).entries()) {
      layInto(Z[l]!, computed.Z[l]!, from);
      layInto(A[l + 1]!, computed.A[l + 1]!, from);
      layInto(gradients[l]!.dZ, dZ, from);
      addTo(gradients[l]!.dW, dW, share);
      addTo(gradients[l]!.db, db, share);
    }
    from += Y.cols;
  }
  return { computed: { Z, A }, gradients, loss };
}

function layInto(all: Matrix, part: Matrix, from: number): void {
  for (let i = 0; i < part.rows; i++)
    all.data.set(part.data.subarray(i * part.cols, (i + 1) * part.cols), i * all.cols + from);
}

function addTo(sum: Matrix, part: Matrix, share: number): void {
  for (let k = 0; k < part.data.length; k++) sum.data[k]! += share * part.data[k]!;
}
