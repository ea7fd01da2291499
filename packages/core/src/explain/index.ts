// `@longhand/core/explain`: any number of the cycle, written out. By itself, since whoever only trains and asks need not load it.
export type { CycleInputs } from './cycle.js';
export { explain } from './explain.js';
export type * from './explanation.js';
export { formatNumber } from './format-number.js';
export * from './reference.js';
export { entrySymbol } from './subscripts.js';
export * from './write-out.js';
