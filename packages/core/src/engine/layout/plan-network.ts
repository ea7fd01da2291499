import { EngineError } from '../../errors.js';
import { ACTIVATIONS, type Activation } from '../../maths/activation.js';
import { layerSizes, type Network } from '../../maths/network.js';
import { OPTIMIZERS } from '../../maths/optimizers.js';
import {
  type DenseLayer,
  MAX_GROUPED_BYTES,
  NO_ACTIVATION,
  type Plan,
  type Region,
  roundUp,
  type Slab,
} from './plan.js';
import type { TrainingConfiguration } from './training-configuration.js';

/** Indices of runs have 16 bits. */
const MAX_INPUTS = 65536;

/**
 * @throws EngineError for a network that the engine does not know
 */
export function planNetwork(network: Network, pixelScale: number, training: TrainingConfiguration): Plan {
  const sizes = layerSizes(network);
  const [inputs, firstUnits] = sizes as [number, number];
  if (network.output.name !== 'softmax') {
    throw new EngineError(
      `the engine knows a softmax output, not ${network.output.name}: use the maths for this network`,
    );
  }
  if (inputs > MAX_INPUTS) {
    throw new EngineError(
      `the engine takes up to ${MAX_INPUTS} inputs, this network has ${inputs}: use smaller pictures`,
    );
  }
  if (sizes.at(-1)! > 256) {
    throw new EngineError(`the engine knows up to 256 classes, this network has ${sizes.at(-1)}`);
  }
  const trainingScale = pixelScale / (1 - training.inputDropout);
  let bytes = 0;
  const take = (size: number) => {
    const offset = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return offset;
  };
  const widths = slabWidths(firstUnits, inputs);
  let firstUnit = 0;
  const slabs = widths.map((vectors): Slab => {
    const rowBytes = 16 * vectors;
    // An odd pixel has a row beside it that stays 0.
    const slab = { vectors, firstUnit, rowBytes, offset: take(roundUp(inputs, 2) * rowBytes) };
    firstUnit += 4 * vectors;
    return slab;
  });
  const firstBytes = bytes;
  const firstBias = take(4 * firstUnit);
  const dense = sizes.slice(2).map((units, l): DenseLayer => {
    const below = sizes[l + 1]!;
    const ldW = 4 * roundUp(below, 8);
    return { units, inputs: below, ldW, W: take(units * ldW), b: take(4 * units) };
  });
  const narrow = widths[0] === 3;
  const hidden = network.layers.slice(0, -1).map(({ g }) => registered(g));
  const bias = (offset: number, units: number): Region => {
    const ld = 16 * Math.ceil(units / 4);
    return { offset, ld, rows: 1, cols: units, isBias: true, scale: 1 };
  };
  const augments = training.distortion !== undefined || training.inputDropout > 0;
  return {
    sizes,
    activationCodes: [...hidden.map(({ kernelCode }) => kernelCode), NO_ACTIVATION],
    slabs,
    firstBias,
    dense,
    regions: [
      ...slabs.map(({ offset, rowBytes, vectors, firstUnit: first }) => ({
        offset,
        ld: rowBytes,
        rows: inputs,
        cols: Math.min(4 * vectors, firstUnits - first),
        isBias: false,
        scale: trainingScale,
      })),
      bias(firstBias, firstUnits),
      ...dense.flatMap(({ units, inputs: below, W, b, ldW }) => [
        { offset: W, ld: ldW, rows: units, cols: below, isBias: false, scale: 1 },
        bias(b, units),
      ]),
    ],
    firstBytes,
    bytes,
    pixelStep: narrow ? 48 : 1,
    exampleStep: narrow ? 48 : 1,
    pixelScale,
    trainingScale,
    training,
    augments,
    quantizes:
      narrow && bytes <= MAX_GROUPED_BYTES && !augments && !training.floats && toleratesRounding(training),
    firstHasKink: hidden[0]?.hasKink ?? false,
    keepsDerivatives: training.dropout > 0 || hidden.some((g) => !g.derivativeFromOutput),
  };
}

/** Whether gradients may be rounded to 16 bits. A line search compares losses to their last digits. */
function toleratesRounding({ optimizer }: TrainingConfiguration): boolean {
  const row = OPTIMIZERS[optimizer];
  return row.kind === 'elementwise' && row.isLinear;
}

/** @throws EngineError for an activation that is not the registry's own: the kernels compute only those */
function registered(g: Activation): Activation {
  if (ACTIVATIONS[g.name] === g) return g;
  throw new EngineError(
    `the engine does not know the activation ${g.name} of this network: use one of ACTIVATIONS, or the maths`,
  );
}

/** 9 or 10 units fit one slab of 3 vectors, if the offsets of its rows have 16 bits; others take slabs of 8 vectors, then of 2. */
function slabWidths(units: number, inputs: number): (2 | 3 | 8)[] {
  if (units > 8 && units <= 10 && inputs * 48 <= 65536) return [3];
  const wide = Math.floor((units + 7) / 32);
  const rest = Math.max(0, units - 32 * wide);
  return [...new Array<8>(wide).fill(8), ...new Array<2>(Math.ceil(rest / 8)).fill(2)];
}
