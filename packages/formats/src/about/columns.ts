import type { Dataset } from '@longhand/core';
import type { ColumnDescription } from './description.js';

const BINS = 16;
/** In fewer rows, numbers are in order by accident. */
const FEW_ROWS = 10;

/** The columns of a table, in their own units. */
export function columnsOf(dataset: Dataset): ColumnDescription[] {
  const { features = [], length } = dataset;
  return features.map(({ name, min, max }, column) => {
    const bins = new Uint32Array(BINS);
    let sum = 0;
    let isCounting = length >= FEW_ROWS && max - min >= length - 1;
    let isSame = true;
    for (let i = 0; i < length; i++) {
      const value = dataset.pixels(i)[column]!;
      sum += value;
      bins[Math.floor((value * BINS) / 256)]!++;
      if (value !== dataset.pixels(0)[column]) isSame = false;
      // Row numbers, as bytes: even steps from 0 to 255.
      if (Math.abs(value - Math.round((255 * i) / (length - 1))) > 1) isCounting = false;
    }
    const unit = (max - min) / 255;
    return {
      ...{ name, min, max },
      mean: min + (sum / Math.max(1, length)) * unit,
      isConstant: min === max || (isSame && length > 1),
      isId: isCounting && Number.isInteger(min) && Number.isInteger(max),
      histogram: Array.from(bins, (count) => count / Math.max(1, length)),
    };
  });
}
