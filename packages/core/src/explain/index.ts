// `@longhand/core/explain`: any number of the cycle, written out. By itself, since whoever only trains and asks need not load it.
export type { CycleInputs } from './cycle.js';
export { entrySymbol } from './entry-symbol.js';
export { explain } from './explain.js';
export type * from './explanation.js';
export { figure } from './figure.js';
export * from './reference.js';
export * from './write-out.js';
