// `@longhand/core/pages`: finds and reads the digits on a picture of several.
export type { Judge } from './candidates.js';
export { type FindOptions, type FoundMark, type FoundPage, findDigits } from './find-digits.js';
export { countSeveral, severalDigits } from './several-digits.js';
export type { Sign } from './signs.js';
