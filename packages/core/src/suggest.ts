// `@longhand/core/suggest`: "did you mean" for the names of settings. Separate, since training does not need it.
export { suggestSetting } from './settings/suggest.js';
