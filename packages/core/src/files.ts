// `@longhand/core/files`: reads data files, and reads and writes models and checkpoints. It is
// separate, because a page that only trains does not need it.
export * from './data/class-names.js';
export type { KnownData } from './data/csv/known-data.js';
export { readCsv } from './data/csv/read-csv.js';
export { copyPixels, labelsOf, weightsOf } from './data/example-source.js';
export { gunzip, gunzipStream } from './data/gzip.js';
export * from './data/idx.js';
export * from './data/pack-dataset.js';
export * from './formats/checkpoint.js';
export * from './formats/file-format.js';
export * from './formats/file-formats.js';
export { isModestJson, type Json } from './formats/json.js';
export * from './formats/model.js';
export * from './formats/safetensors.js';
