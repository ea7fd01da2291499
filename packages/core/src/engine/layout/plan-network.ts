import { EngineError } from '../../errors.js';
import { ACTIVATIONS, type Activation } from '../../maths/activation.js';
import { layerSizes, type Network } from '../../maths/network.js';
import { OPTIMIZERS, type OptimizerName } from '../../maths/optimizers.js';
import {
  type DenseLayer,
  MAX_GROUPED_BYTES,
  NO_ACTIVATION,
  type Plan,
  type Region,
  roundUp,
  type Slab,
  type UpdatePart,
} from './plan.js';
import type { TrainingConfiguration } from './training-configuration.js';

/** Indices of sparse rows have 16 bits. */
const MAX_INPUTS = 65536;

/** Labels are bytes. */
const MAX_CLASSES = 256;

/** Bytes of parameters that are updated as one task; fewer in small networks, for more tasks. */
const [PART_BYTES, SMALL_PART_BYTES] = [32768, 8192];

/**
 * Decides where each parameter of a network is stored and how the network is computed.
 *
 * @throws EngineError when the engine cannot compute this network
 */
export function planNetwork(network: Network, pixelScale: number, training: TrainingConfiguration): Plan {
  checkNetwork(network);
  const sizes = layerSizes(network);
  const [inputs, firstUnits] = sizes as [number, number];
  const hidden = network.layers.slice(0, -1).map(({ g }) => g);
  const trainingScale = pixelScale / (1 - training.inputDropout);

  let bytes = 0;
  const take = (size: number) => {
    const offset = bytes;
    bytes += roundUp(size, 64);
    return offset;
  };
  let firstUnit = 0;
  const slabs = slabWidths(firstUnits, inputs).map((vectors): Slab => {
    const rowBytes = 16 * vectors;
    // With an odd number of pixels, the last pair has a second row, which stays 0.
    const slab = { vectors, firstUnit, rowBytes, offset: take(roundUp(inputs, 2) * rowBytes) };
    firstUnit += 4 * vectors;
    return slab;
  });
  const firstBias = take(4 * firstUnit);
  const dense = sizes.slice(2).map((units, l): DenseLayer => {
    const below = sizes[l + 1]!;
    const ldW = 4 * roundUp(below, 8);
    return { units, inputs: below, ldW, W: take(units * ldW), b: take(4 * units) };
  });

  const regions = [
    ...slabs.map(({ offset, rowBytes, vectors, firstUnit: first }) => ({
      offset,
      ld: rowBytes,
      rows: inputs,
      cols: Math.min(4 * vectors, firstUnits - first),
      isBias: false,
      scale: trainingScale,
    })),
    biasRegion(firstBias, firstUnits),
    ...dense.flatMap(({ units, inputs: below, W, b, ldW }) => [
      { offset: W, ld: ldW, rows: units, cols: below, isBias: false, scale: 1 },
      biasRegion(b, units),
    ]),
  ];
  const narrow = slabs[0]!.vectors === 3;
  const augments = training.augmentation !== undefined || training.inputDropout > 0;
  const grouped = bytes <= MAX_GROUPED_BYTES && !augments;
  return {
    sizes,
    activationCodes: [...hidden.map(({ kernelCode }) => kernelCode), NO_ACTIVATION],
    slabs,
    firstBias,
    dense,
    regions,
    updateParts: divide(regions, bytes <= MAX_GROUPED_BYTES ? SMALL_PART_BYTES : PART_BYTES),
    bytes,
    pixelStep: narrow ? 48 : 1,
    exampleStep: narrow ? 48 : 1,
    pixelScale,
    trainingScale,
    training,
    augments,
    quantizes: narrow && grouped && training.quantization && toleratesRounding(training.optimizer),
    firstHasKink: hidden[0]?.hasKink ?? false,
    keepsDerivatives: training.dropout > 0 || hidden.some((g) => !g.derivativeFromOutput),
  };
}

/** @throws EngineError when the engine cannot compute this network */
function checkNetwork(network: Network): void {
  const sizes = layerSizes(network);
  if (network.output.name !== 'softmax') {
    throw new EngineError(
      `output ${network.output.name}: the engine computes softmax only`,
      'Use the maths engine for this network',
    );
  }
  if (sizes[0]! > MAX_INPUTS) {
    throw new EngineError(
      `${sizes[0]} inputs: the engine takes up to ${MAX_INPUTS}`,
      'Use smaller pictures, or the maths engine',
    );
  }
  if (sizes.at(-1)! > MAX_CLASSES) {
    throw new EngineError(
      `${sizes.at(-1)} classes: the engine takes up to ${MAX_CLASSES}`,
      'Use the maths engine for this network',
    );
  }
  for (const [l, { g }] of network.layers.slice(0, -1).entries()) checkActivation(g, l + 1);
}

/**
 * The kernels compute the registry's activations only. Another object, even of the same name, may
 * be another function.
 *
 * @throws EngineError when an activation is not an object of the registry
 */
function checkActivation(g: Activation, layer: number): void {
  if (ACTIVATIONS[g.name] === g) return;
  throw new EngineError(
    `layer ${layer}: the activation "${g.name}" is not one of the library's (${Object.keys(ACTIVATIONS).join(', ')})`,
    'Use the maths engine for an activation of your own',
  );
}

/**
 * Whether an optimizer's update is proportional to the gradient, so that small rounding errors stay
 * small. Adam divides by the gradient's size; L-BFGS compares losses to their last digits.
 */
function toleratesRounding(optimizer: OptimizerName): boolean {
  const row = OPTIMIZERS[optimizer];
  return row.kind === 'elementwise' && row.isLinear;
}

/**
 * 9 or 10 units fit one slab of 3 vectors, provided that the offsets of its rows fit 16 bits. Other
 * layers take slabs of 8 vectors, and slabs of 2 for the remainder.
 */
function slabWidths(units: number, inputs: number): (2 | 3 | 8)[] {
  if (units > 8 && units <= 10 && inputs * 48 <= 65536) return [3];
  const wide = Math.floor((units + 7) / 32);
  const rest = Math.max(0, units - 32 * wide);
  return [...new Array<8>(wide).fill(8), ...new Array<2>(Math.ceil(rest / 8)).fill(2)];
}

/** The biases of a layer, as one row. */
function biasRegion(offset: number, units: number): Region {
  return { offset, ld: 16 * Math.ceil(units / 4), rows: 1, cols: units, isBias: true, scale: 1 };
}

/**
 * Divides regions into parts of whole rows, of about `partBytes` each. A part copies what it needs of
 * its region: in a message with a shared memory, Firefox takes one object for another where an object
 * stands twice.
 */
function divide(regions: readonly Region[], partBytes: number): UpdatePart[] {
  return regions.flatMap((region) => {
    const rowsOfPart = Math.max(1, Math.floor(partBytes / region.ld));
    return Array.from({ length: Math.ceil(region.rows / rowsOfPart) }, (_, k) => {
      const rows = Math.min(rowsOfPart, region.rows - k * rowsOfPart);
      const offset = region.offset + k * rowsOfPart * region.ld;
      return { ...region, offset, rows, bytes: rows * region.ld };
    });
  });
}
