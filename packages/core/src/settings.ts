// `@longhand/core/settings`: the table of settings, for programs that show it: a form, a command.
export {
  renderSettingError,
  renderSettingProblem,
  type SettingPhrase,
  type SettingProblem,
  type SettingReference,
} from './errors.js';
export { checkTogether } from './settings/checks.js';
export { completeSettings, type GivenSettings } from './settings/complete.js';
export { explanationOf } from './settings/explanations.js';
export * from './settings/kinds.js';
export { otherNamesOf, withCurrentNames } from './settings/names.js';
export * from './settings/presets.js';
export type * from './settings/setting.js';
export * from './settings/table.js';
