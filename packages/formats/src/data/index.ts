// `@longhand/formats/data`: reads data, whatever file they are in.
export type { DataOptions, ReadData, Unlabeled } from './read-data.js';
