import { SettingError } from '../errors.js';
import { checkTogether } from './checks.js';
import { checkSetting } from './kinds.js';
import type { SettingName, Settings, SettingValue } from './setting.js';
import { SETTINGS, settingNamed } from './table.js';

/** Iterations of a run that only `minutes` ends. */
const MAX_ITERATIONS = 1e9;

/** Settings as a caller may give them: some of them, `alpha` also by its aliases. */
export interface GivenSettings extends Partial<Settings> {
  /** The same as `alpha`. */
  learningRate?: number;
  /** The same as `alpha`. */
  lr?: number;
}

/**
 * Fills in the table's defaults, and checks every value and that no settings exclude each other.
 *
 * Of `iterations` and `epochs`, a run has one. If neither is given, full batches take 500
 * iterations and mini-batches 10 epochs, and a run with `minutes` goes on until they are over.
 *
 * @throws SettingError for a value out of range, or settings that exclude each other
 */
export function completeSettings(given: GivenSettings): Settings {
  const plain = withoutAliases(given);
  const settings: Partial<Record<SettingName, SettingValue>> = {};
  for (const setting of SETTINGS) {
    const value = plain[setting.name];
    if (value !== undefined) settings[setting.name] = checkSetting(setting, value);
    else if (setting.name !== 'iterations' && setting.name !== 'epochs')
      settings[setting.name] = setting.default;
  }
  const complete = settings as unknown as Settings;
  checkTogether(complete, plain);
  if (complete.iterations === undefined && complete.epochs === undefined) {
    if (complete.minutes !== 'none') complete.iterations = MAX_ITERATIONS;
    else if (complete.batchSize === 'full')
      complete.iterations = settingNamed('iterations').default as number;
    else complete.epochs = settingNamed('epochs').default as number;
  }
  return complete;
}

/** @throws SettingError for a setting that is given twice, under two names, with two values */
function withoutAliases(given: GivenSettings): Partial<Settings> {
  const plain: Record<string, unknown> = { ...given };
  for (const { name, aliases = [] } of SETTINGS) {
    for (const alias of aliases) {
      const value = plain[alias];
      delete plain[alias];
      if (value === undefined) continue;
      if (plain[name] !== undefined && plain[name] !== value) {
        const expected = [
          { setting: name, value: plain[name] },
          ', which means the same. Pass only one of them',
        ];
        throw new SettingError({ setting: alias, value, verb: 'excludes', expected });
      }
      plain[name] = value;
    }
  }
  return plain as Partial<Settings>;
}
