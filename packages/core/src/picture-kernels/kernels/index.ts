export { boxOfInk } from './box';
export { squaredDistances } from './distance';
export { extremesAround, paddedStride } from './extremes';
export * from './marks';
export * from './masks';
export * from './means';
export * from './pages';
export * from './planes';
