export * from './activation';
export { expAll, logAll } from './exponential';
export * from './gather';
export * from './ink';
export * from './multiply';
export * from './softmax';
export * from './vectors';
