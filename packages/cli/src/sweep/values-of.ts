import { formatSetting, type SettingName, type SettingValue, settingNamed } from '@longhand/core/settings';
import type { RankedTrial } from '@longhand/sweep';

/** The values of a trial's settings that vary, as one types them. */
export function valuesOf(
  { candidate }: Pick<RankedTrial, 'candidate'>,
  names: readonly SettingName[],
): string[] {
  const values = candidate as Partial<Record<SettingName, SettingValue>>;
  return names.map((name) => {
    const value = values[name];
    return value === undefined ? '' : formatSetting(settingNamed(name), value);
  });
}
