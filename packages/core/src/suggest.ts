// `@longhand/core/suggest`: "did you mean" for the names of settings and others. Separate, since training does not need it.
export { nearestOf, suggestSetting } from './settings/suggest.js';
