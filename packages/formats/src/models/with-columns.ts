import type { Feature, Layer, ModelFile } from '@longhand/core';
import { matrix } from '@longhand/core/maths';
import { takesNumbers } from '../recognize/takes-numbers.js';

/**
 * A model of another program for the columns of a table. It takes them as the numbers that they are, but here an example
 * is bytes, between the smallest and the largest value of each column: x = min + byte / 255 · (max − min). The first
 * layer is changed so that it answers the same, and a note says so.
 *
 * @param features the columns of the data, with their ranges
 * @returns the same model if it is of this program, or for pictures, or has another number of inputs
 */
export function withColumns(model: ModelFile, features: readonly Feature[] | undefined): ModelFile {
  const { network, record } = model;
  if (!takesNumbers(record) || features?.length !== record.width) return model;
  const [first, ...others] = network.layers as [Layer, ...Layer[]];
  const { rows, cols, data } = first.W;
  const W = matrix(rows, cols, data.slice());
  const b = matrix(rows, 1, first.b.data.slice());
  for (let unit = 0; unit < rows; unit++) {
    for (const [i, { min, max }] of features.entries()) {
      const weight = data[unit * cols + i]!;
      W.data[unit * cols + i] = Math.fround((weight * (max - min)) / (255 * record.pixelScale));
      b.data[unit]! += weight * min;
    }
    b.data[unit] = Math.fround(b.data[unit]!);
  }
  return {
    ...model,
    network: { ...network, layers: [{ ...first, W, b }, ...others] },
    record: { ...record, features },
    notes: [...(model.notes ?? []), NOTE],
  };
}

const NOTE =
  'takes the columns as the numbers that they are in the data, rounded to 256 steps of their range';
