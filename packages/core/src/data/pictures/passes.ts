// The passes over all pixels: plain TypeScript, until others with the same bits take their place
// (`picture-kernels`). A program that does not ask for that holds the plain ones alone.
export { boxOfInk } from './passes/box.js';
export { redraw, squaredDistances } from './passes/distance.js';
export { extremesAround } from './passes/extremes.js';
export { findMarks } from './passes/marks.js';
export {
  contrastWith,
  countLines,
  erase,
  maskAbove,
  maskOfMarks,
  meanFrom,
  meanWhere,
  outlineOf,
  ramp,
  valuesAbove,
} from './passes/masks.js';
export { laplacians, meanAround, moments, smooth } from './passes/noise.js';
export { countSteps, plane, scaleRows, shrink } from './passes/planes.js';
