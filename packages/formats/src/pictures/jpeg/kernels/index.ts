export { give, unread } from './bytes';
export { toColors } from './colors';
export { begin, decodeUnits, isWhole } from './units';
