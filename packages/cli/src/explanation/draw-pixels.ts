import type { Matrix, ModelFile } from '@longhand/core';
import { formatNumber, type Reference } from '@longhand/core/explain';
import type { LayerGradient } from '@longhand/core/maths';
import type { PredictionInput } from '../prediction/inputs.js';
import {
  drawPicture,
  fitted,
  inkPicture,
  isPicture,
  type Picture,
  weightsPicture,
} from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';

const SCALE_COLUMNS = 8;

/** What the pictures show. */
export interface PixelSource {
  readonly inputs: readonly PredictionInput[];
  readonly model: ModelFile;
  /** n₀ × m. */
  readonly X: Matrix;
  readonly gradients: readonly LayerGradient[];
}

/**
 * Pictures for a number of layer 1: the digit, the unit's weights if there is room, and their
 * products; or the gradient of the unit's weights. Nothing for any other number.
 */
export function drawPixels(
  { quantity, layer, row, column }: Reference,
  source: PixelSource,
  terminal: Terminal,
) {
  const { inputs, model, X, gradients } = source;
  const { width, height } = model.record;
  if (!isPicture(model.record)) return [];
  const fit = (picture: Picture) => drawPicture(fitted(picture, terminal.width - 1), terminal);
  const signed = (title: string, values: Float64Array) => {
    const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    return [title, ...fit(weightsPicture(values, width, height, limit)), scaleOf(limit, terminal)];
  };
  const digit = (j: number) => [
    `example ${inputs[j]!.index}`,
    ...fit(inkPicture(inputs[j]!.pixels, width, height)),
  ];
  const side = (blocks: string[][]) => sideBySide(blocks, { width: terminal.width - 1 });

  if (quantity === 'X') return side([digit(column)]);
  if (layer !== 1) return [];
  const { W } = model.network.layers[0]!;
  if (quantity === 'Z') {
    const weights = rowOf(W, row);
    const contributions = weights.map((w, k) => w * X.data[k * X.cols + column]!);
    const pictures = [
      digit(column),
      signed(`weights of unit ${row}`, weights),
      signed('weight · pixel', contributions),
    ];
    return side(pictures.length * (width + 2) <= terminal.width ? pictures : [pictures[0]!, pictures[2]!]);
  }
  if (quantity !== 'dW' && quantity !== 'W') return [];
  const gradient = signed(`gradients of unit ${row}'s weights`, rowOf(gradients[0]!.dW, row));
  return side(inputs.length === 1 ? [digit(0), gradient] : [gradient]);
}

function rowOf({ cols, data }: Matrix, row: number): Float64Array {
  return data.slice(row * cols, (row + 1) * cols);
}

/** The scale of colors, with the values at its ends. */
function scaleOf(limit: number, terminal: Terminal): string {
  const shares = Array.from({ length: SCALE_COLUMNS }, (_, i) => (2 * i) / (SCALE_COLUMNS - 1) - 1);
  const strip = drawPicture(weightsPicture([...shares, ...shares], SCALE_COLUMNS, 2, 1), terminal)[0]!;
  return `${formatNumber(-limit, 2)} ${strip} +${formatNumber(limit, 2)}`;
}
