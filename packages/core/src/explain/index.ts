// `@longhand/core/explain`: how any number of a training iteration is computed. A separate entry
// point, so that programs that only train and predict do not load it.
export { explainActivation } from './activation-texts.js';
export type { CycleInputs } from './cycle.js';
export { explain } from './explain.js';
export type * from './explanation.js';
export { formatNumber } from './format-number.js';
export * from './reference.js';
export { entrySymbol } from './subscripts.js';
export * from './write-out.js';
