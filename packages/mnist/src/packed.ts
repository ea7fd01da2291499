// `@longhand/mnist/packed`: the packed files themselves, for programs that fetch or store the bytes in
// their own way, as the studio does.
export { DIGITS_FILES, type DigitsFile, type DigitsName } from './files.js';
export { unpackDigits } from './unpack.js';
