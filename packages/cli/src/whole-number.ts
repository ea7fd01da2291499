import { UsageError } from './usage-error.js';

/**
 * An integer that was typed for a flag.
 *
 * @throws UsageError with the flag, the range and the text
 */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = /^[0-9]+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    const range = `an integer from ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`;
    throw new UsageError(`${flag}: expected ${range}, found ${JSON.stringify(text)}`);
  }
  return value;
}
