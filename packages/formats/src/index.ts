// `@longhand/formats`: what a file is, and the types that its readers share.
export { type FileKind, HEAD_BYTES, type Purpose } from './recognize/kind.js';
export { FILE_KINDS } from './recognize/kinds.js';
export { kindOf, recognize } from './recognize/recognize.js';
export { fileOf, type InputFile } from './source/input-file.js';
