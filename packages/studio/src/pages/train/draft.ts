import { SettingError, type Settings } from '@longhand/core';
import {
  completeSettings,
  formatSetting,
  otherNamesOf,
  PRESETS,
  parseSetting,
  renderSettingProblem,
  SETTINGS,
  type Setting,
  type SettingName,
  settingNamed,
  withCurrentNames,
} from '@longhand/core/settings';
import { labelOf } from '../../setting-labels.js';

/** The settings in an address, and what is wrong with invalid ones. */
export interface Draft {
  /** The texts in the address, under the current names of the settings. */
  readonly texts: Readonly<Partial<Record<SettingName, string>>>;
  /** What differs from the defaults. */
  readonly given: Partial<Settings>;
  readonly problems: Readonly<Partial<Record<SettingName, string>>>;
}

/** Reads the settings in an address. */
export function readDraft(state: URLSearchParams): Draft {
  const given: Record<string, unknown> = {};
  const problems: Partial<Record<SettingName, string>> = {};
  const note = (error: unknown) => {
    if (!(error instanceof SettingError)) throw error;
    problems[error.setting as SettingName] = renderSettingProblem(error, labelOf);
  };
  const texts: Readonly<Partial<Record<SettingName, string>>> = withCurrentNames(Object.fromEntries(state));
  for (const setting of SETTINGS) {
    const text = texts[setting.name];
    if (text === undefined) continue;
    try {
      given[setting.name] = parseSetting(setting, text);
    } catch (error) {
      note(error);
    }
  }
  try {
    completeSettings(given);
  } catch (error) {
    note(error);
  }
  return { texts, given: given as Partial<Settings>, problems };
}

/** A setting as an address contains it: nothing for the default, which an empty field means, too. */
function textFor(name: SettingName, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const setting = settingNamed(name);
  const isLength = name === 'iterations' || name === 'epochs';
  return !isLength && text.trim() === formatSetting(setting, setting.default) ? undefined : text.trim();
}

/** How a setting changes the address. Iterations and epochs exclude each other. */
export function changeFor(name: SettingName, text: string): Record<string, string | undefined> {
  return {
    ...withoutOtherNames(settingNamed(name)),
    [name]: textFor(name, text),
    ...(name === 'iterations' && { epochs: undefined }),
    ...(name === 'epochs' && { iterations: undefined }),
  };
}

/** How a preset changes the address: its values, and defaults for all other settings. */
export function changeForPreset(name: string): Record<string, string | undefined> {
  const { values } = PRESETS.find((preset) => preset.name === name)!;
  return Object.assign(
    {},
    ...SETTINGS.map((setting) => {
      const value = values[setting.name];
      return {
        ...withoutOtherNames(setting),
        [setting.name]: value === undefined ? undefined : formatSetting(setting, value),
      };
    }),
  );
}

/** Removes aliases and former names of a setting from the address. */
function withoutOtherNames(setting: Setting): Record<string, undefined> {
  return Object.fromEntries(otherNamesOf(setting).map((name) => [name, undefined]));
}

/** The preset with these settings, if there is one. Seed and threads do not count. */
export function presetOf(given: Partial<Settings>): string | undefined {
  const { seed: _seed, threads: _threads, ...rest } = given;
  const said = canonical(rest);
  return PRESETS.find(({ values }) => canonical(values) === said)?.name;
}

function canonical(values: Partial<Settings>): string {
  return JSON.stringify(
    SETTINGS.map((setting) => {
      const value = values[setting.name];
      return value === undefined ? null : formatSetting(setting, value);
    }),
  );
}
