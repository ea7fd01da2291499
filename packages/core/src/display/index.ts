// `@longhand/core/display`: pictures of digits, datasets, networks, matrices, curves and confusion
// matrices as SVG, for notebooks and web pages. Importing it lets datasets display themselves as the
// value of a notebook's cell. Nothing else loads it.
import { Dataset } from '../data/dataset.js';
import { showDataset } from './show-digits.js';
import { DISPLAY } from './svg.js';

export { type Color, encodePng } from './png.js';
export * from './show.js';
export { showConfusion } from './show-confusion.js';
export { type CurvePoint, showCurves } from './show-curves.js';
export { showDataset, showDigit } from './show-digits.js';
export { showMatrix } from './show-matrix.js';
export { showNetwork } from './show-network.js';
export type { Shown } from './svg.js';

Object.defineProperty(Dataset.prototype, DISPLAY, {
  configurable: true,
  value(this: Dataset) {
    return showDataset(this)[DISPLAY]();
  },
});
