// `@longhand/formats/named`: data that are fetched once, by name. It needs Node.
export { dataCacheFolder } from './cache-folder.js';
export {
  cachedFiles,
  type FetchedData,
  type FetchOptions,
  type FetchProgress,
  fetchNamed,
} from './fetch-named.js';
export { namedData, suggestNamed } from './find-named.js';
export { mirrorsOf } from './mirrors.js';
export { type Mirror, type NamedData, type NamedFile, sizeOf } from './named-data.js';
export { NAMED_DATA } from './table.js';
