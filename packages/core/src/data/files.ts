// `@longhand/core/files`: data of one's own, as they are found in files. By itself, since MNIST needs none of it.
export * from './class-names.js';
export { type KnownData, readCsv } from './csv.js';
