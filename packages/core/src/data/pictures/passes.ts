// The passes over all pixels: plain TypeScript, until others with the same bits take their place
// (`picture-kernels`). A program that does not ask for that holds the plain ones alone. What several steps
// need only on the way is no result: a pass does them all.
export { boxOfInk } from './passes/box.js';
export { paperContrast, skewness } from './passes/contrast.js';
export { widened } from './passes/distance.js';
export { extremesAround } from './passes/extremes.js';
export { chooseFrom, findMarks } from './passes/marks.js';
export { countLines, erase, maskAbove, meanWhere, outlineOf, softInk } from './passes/masks.js';
export { countColors, plane, scaleToSide, shrink } from './passes/planes.js';
export { inkThreshold } from './passes/threshold.js';
