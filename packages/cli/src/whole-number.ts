import { SettingError } from '@longhand/core';

/**
 * An integer as typed for a flag that is no setting of a run.
 *
 * @throws SettingError naming the flag, the range and the text, as those of the table of settings do
 */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = /^[0-9]+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    const range = `an integer from ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`;
    throw new SettingError(`${flag}: expected ${range}, found ${JSON.stringify(text)}`);
  }
  return value;
}
