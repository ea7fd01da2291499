import type { Feature, Layer, ModelFile } from '@longhand/core';
import { matrix } from '@longhand/core/maths';
import { takesNumbers } from '../data/of-another-program.js';
import { log } from '../streams.js';

/**
 * A model of another program for a table. It takes the columns as the numbers that they are, but here
 * an example is bytes, between the smallest and the largest value of each column: the first layer is
 * changed so that it answers the same. Any other model stays as it is.
 *
 * @param file the model's, for the note
 * @param features of the data, with their ranges: x = min + byte / 255 · (max − min)
 */
export function withColumns(
  model: ModelFile,
  features: readonly Feature[] | undefined,
  file: string,
  quiet = false,
): ModelFile {
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
  if (!quiet)
    log(
      `${file}: takes the columns as the numbers that they are in the data, rounded to 256 steps of their range`,
    );
  return {
    ...model,
    network: { ...network, layers: [{ ...first, W, b }, ...others] },
    record: { ...record, features },
  };
}
