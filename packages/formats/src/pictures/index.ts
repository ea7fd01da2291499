// `@longhand/formats/pictures`: reads picture files of the usual formats.
export { checkPicture, decodePicture } from './decode-picture.js';
export { type DecodeOptions, MAX_PIXELS } from './limits.js';
