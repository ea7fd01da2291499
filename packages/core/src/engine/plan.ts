import { EngineError } from '../errors.js';
import type { ActivationName } from '../maths/activation.js';
import { layerSizes, type Network } from '../maths/network.js';
import type { OptimizerName } from '../maths/optimizer.js';
import type { Rules } from './rules.js';

/** Examples worked on together: forward, loss and backward while they are in cache. Also the most a run's index can count. */
export const BLOCK_EXAMPLES = 256;

/** Bytes between the rows of a block's matrices: an odd number of cache lines, so that rows do not fall on each other. */
export const LD = BLOCK_EXAMPLES * 4 + 64;

/** Bytes of a group of a run (kernels/gather.ts). */
export const GROUP_BYTES = 12;

/** The largest whole number of 16 bits. 256 times it and the largest byte, as a block has them, stay in 32. */
export const MOST_WHOLE = 32767;

/** How the kernels call an activation (kernels/activation.ts). */
const KINDS: Readonly<Record<ActivationName, number>> = {
  identity: 0,
  relu: 1,
  sigmoid: 2,
  tanh: 3,
  'leaky-relu': 4,
  gelu: 5,
};
const GELU = KINDS.gelu;
/** Those whose slope jumps at 0. */
export const GATED: ReadonlySet<number> = new Set([KINDS.relu, KINDS['leaky-relu']]);

/**
 * Some units of the first layer: their weights as rows, one a pixel, of 2, 3 or 8 vectors of four floats, so that a pass
 * over the ink keeps the units' sums in registers.
 */
export interface Slab {
  readonly vectors: 2 | 3 | 8;
  readonly firstUnit: number;
  /** Bytes of a row, here and in the block's sums and dZ: 16 · vectors. */
  readonly rowBytes: number;
  /** Where its weights begin in the parameters; one row a pixel. */
  readonly offset: number;
}

/** A layer after the first: W row by row, rows padded to 8 floats. */
interface DenseLayer {
  readonly units: number;
  readonly inputs: number;
  /** Where W and b begin in the parameters. */
  readonly W: number;
  readonly b: number;
  /** Bytes between rows of W. */
  readonly ldW: number;
}

/** Rows of parameters of one kind. */
export interface Region {
  readonly offset: number;
  /** Bytes between rows, which fill them. */
  readonly ld: number;
  readonly rows: number;
  /** Floats of a row that are parameters; what is left fills it up. */
  readonly cols: number;
  readonly isBias: boolean;
  /** What dW is multiplied by that X, being the bytes themselves, is not. */
  readonly scale: number;
}

/** Where everything of a network lies. Gradients have the layout of the parameters. Offsets and sizes in bytes. */
export interface Plan {
  readonly sizes: readonly number[];
  /** Activation of each layer by the kernels' numbers; identity for the last. */
  readonly kinds: readonly number[];
  readonly slabs: readonly Slab[];
  readonly firstBias: number;
  readonly dense: readonly DenseLayer[];
  /** All of the parameters, in their order. */
  readonly regions: readonly Region[];
  /** W1 takes the first `firstBytes` of the parameters' `bytes`. */
  readonly firstBytes: number;
  readonly bytes: number;
  /** What an index of an example's run counts: bytes of a row, or rows (1). */
  readonly pixelStep: number;
  /** The same for a pixel's run. */
  readonly exampleStep: number;
  readonly pixelScale: number;
  /** The same in training, where pixels that drop out leave the others larger. */
  readonly learningScale: number;
  readonly rules: Rules;
  /** Whether a batch is made of its pictures anew each time: distorted, or without some pixels. */
  readonly remakes: boolean;
  /** Whether the first layer of a pass over all the data works in whole numbers (kernels/quads.ts). */
  readonly quantizes: boolean;
  /** Whether g′(Z) of the hidden layers is kept on the way forward (kernels/bend.ts). */
  readonly keepsSlopes: boolean;
}

/** Parameters up to which a pass over all the data keeps a gradient for each group: 256 kB times GROUPS. */
export const MOST_GROUPED_BYTES = 262144;

/** Optimizers that go by the gradient's size. Others make much of the smallest parts of it, or compare losses to their last digits. */
const QUANTIZED: ReadonlySet<OptimizerName> = new Set(['descent', 'momentum', 'nesterov']);

/** Indices of runs have 16 bits. */
const MOST_INPUTS = 65536;

/**
 * @throws EngineError for a network that the engine does not know
 */
export function planNetwork(network: Network, pixelScale: number, rules: Rules): Plan {
  const sizes = layerSizes(network);
  const [inputs, firstUnits] = sizes as [number, number];
  if (network.output.name !== 'softmax') {
    throw new EngineError(
      `the engine knows a softmax output, not ${network.output.name}: use the maths for this network`,
    );
  }
  if (inputs > MOST_INPUTS) {
    throw new EngineError(
      `the engine takes up to ${MOST_INPUTS} inputs, this network has ${inputs}: use smaller pictures`,
    );
  }
  if (sizes.at(-1)! > 256) {
    throw new EngineError(`the engine knows up to 256 classes, this network has ${sizes.at(-1)}`);
  }
  const learningScale = pixelScale / (1 - rules.inputDropout);
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
  const kinds = network.layers.map(({ g }, l) => (l === network.layers.length - 1 ? 0 : KINDS[g.name]));
  const bias = (offset: number, units: number): Region => {
    const ld = 16 * Math.ceil(units / 4);
    return { offset, ld, rows: 1, cols: units, isBias: true, scale: 1 };
  };
  const remakes = rules.distortion !== undefined || rules.inputDropout > 0;
  return {
    sizes,
    kinds,
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
        scale: learningScale,
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
    learningScale,
    rules,
    remakes,
    quantizes:
      narrow && bytes <= MOST_GROUPED_BYTES && !remakes && !rules.floats && QUANTIZED.has(rules.optimizer),
    keepsSlopes: rules.dropout > 0 || kinds.includes(GELU),
  };
}

/** 9 or 10 units fit one slab of 3 vectors, if the offsets of its rows have 16 bits; others take slabs of 8 vectors, then of 2. */
function slabWidths(units: number, inputs: number): (2 | 3 | 8)[] {
  if (units > 8 && units <= 10 && inputs * 48 <= 65536) return [3];
  const wide = Math.floor((units + 7) / 32);
  const rest = Math.max(0, units - 32 * wide);
  return [...new Array<8>(wide).fill(8), ...new Array<2>(Math.ceil(rest / 8)).fill(2)];
}

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
