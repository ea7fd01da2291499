import type { ActivationName, Network, OutputName } from '@longhand/core';
import { ACTIVATIONS, matrix, OUTPUTS } from '@longhand/core/maths';

/**
 * A network as it travels between a worker and the page: functions by name, parameters in 64 bits.
 */
export interface NetworkMessage {
  readonly layers: readonly LayerMessage[];
  readonly output: OutputName;
}

interface LayerMessage {
  readonly units: number;
  readonly inputs: number;
  /** units × inputs, row by row. */
  readonly W: Float64Array;
  readonly b: Float64Array;
  readonly activation: ActivationName;
}

export function packNetwork({ layers, output }: Network): NetworkMessage {
  return {
    layers: layers.map(({ W, b, g }) => ({
      units: W.rows,
      inputs: W.cols,
      W: W.data,
      b: b.data,
      activation: g.name,
    })),
    output: output.name,
  };
}

export function unpackNetwork({ layers, output }: NetworkMessage): Network {
  return {
    layers: layers.map(({ units, inputs, W, b, activation }) => ({
      W: matrix(units, inputs, W),
      b: matrix(units, 1, b),
      g: ACTIVATIONS[activation],
    })),
    output: OUTPUTS[output],
  };
}
