export { activate, activateFirst, exampleRows, pullBack, toExampleRows } from './activation';
export * from './bend';
export { expAll, logAll } from './exponential';
export * from './gather';
export * from './ink';
export * from './multiply';
export * from './optimizer';
export * from './softmax';
export * from './vectors';
