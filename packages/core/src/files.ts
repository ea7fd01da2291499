// `@longhand/core/files`: data as they are found in files, models and checkpoints. By itself, since a page that trains need not carry it.
export * from './data/class-names.js';
export { type KnownData, readCsv } from './data/csv/read-csv.js';
export { gunzip, gunzipStream } from './data/gzip.js';
export * from './data/idx.js';
export * from './formats/checkpoint.js';
export * from './formats/model.js';
export * from './formats/safetensors.js';
