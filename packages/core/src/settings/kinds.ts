import { SettingError } from '../errors.js';
import type { Setting, SettingKind, SettingValue } from './setting.js';

/** What is accepted, in words: `an integer from 1 to 1,000,000`. */
export function rangeOf({ kind }: Pick<Setting, 'kind'>): string {
  const number = (value: number) => value.toLocaleString('en-US');
  switch (kind.type) {
    case 'integer':
      return `${kind.word ? `${kind.word} or ` : ''}an integer from ${number(kind.min)} to ${number(kind.max)}`;
    case 'number': {
      const word = kind.word ? `${kind.word} or ` : '';
      const least =
        kind.above === undefined ? `from ${number(kind.min!)}` : `greater than ${number(kind.above)}`;
      const most =
        kind.below === undefined ? `at most ${number(kind.max!)}` : `less than ${number(kind.below)}`;
      return `${word}a number ${least}, ${most}`;
    }
    case 'choice':
      return `${kind.many ? 'one or more' : 'one'} of ${kind.choices.join(', ')}`;
    case 'sizes':
      return `integers from 1 to ${number(kind.max)} separated by commas, or ${kind.word}`;
    case 'weights':
      return `${kind.words.join(', ')}, or numbers from 0 to ${number(kind.max)} separated by commas, one for each class and not all 0`;
  }
}

/**
 * A setting's value from text, as a person types it.
 *
 * @throws SettingError when the text is no value of the setting
 */
export function parseSetting(setting: Setting, text: string): SettingValue {
  const value = readValue(setting.kind, text.trim());
  const { type } = setting.kind;
  if ((type === 'number' || type === 'integer') && /^[+-]?\d*,\d+$/.test(text.trim())) {
    const advice = type === 'number' ? [`Use a point: ${text.trim().replace(',', '.')}`] : undefined;
    const expected = [type === 'number' ? 'a number' : rangeOf(setting)];
    throw new SettingError({ setting: setting.name, value: text, expected, ...(advice && { advice }) });
  }
  return checkSetting(setting, value, text);
}

/** A setting's value as text that `parseSetting` reads back. */
export function formatSetting({ kind }: Pick<Setting, 'kind'>, value: SettingValue): string {
  if (kind.type === 'sizes') return (value as readonly number[]).join(',') || kind.word;
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** −0 is 0: written down and read again, it would be another value. */
function withoutMinusZero(value: SettingValue): SettingValue {
  if (Array.isArray(value)) return value.map(withoutMinusZero) as SettingValue;
  return value === 0 ? 0 : value;
}

/**
 * The value, if it is in the setting's range.
 *
 * @param shown what the error shows in place of the value
 * @throws SettingError when it is not
 */
export function checkSetting(setting: Setting, value: unknown, shown: unknown = value): SettingValue {
  if (isInRange(setting.kind, value)) return withoutMinusZero(value);
  throw new SettingError({ setting: setting.name, value: shown, expected: [rangeOf(setting)] });
}

function readValue(kind: SettingKind, text: string): unknown {
  switch (kind.type) {
    case 'integer':
      return text === kind.word ? text : /^[0-9]+$/.test(text) ? Number(text) : text;
    case 'number':
      return text === '' || text === kind.word ? text : Number(text);
    case 'choice':
      return kind.many && text.includes(',') ? text.split(',').map((name) => name.trim()) : text;
    case 'sizes':
      return text === kind.word
        ? []
        : text.split(',').map((size) => (/^ *[0-9]+ *$/.test(size) ? Number(size) : size));
    case 'weights':
      return kind.words.includes(text)
        ? text
        : text.split(',').map((weight) => (weight.trim() === '' ? weight : Number(weight)));
  }
}

function isWithin(
  {
    above = Number.NEGATIVE_INFINITY,
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
    below = Number.POSITIVE_INFINITY,
  }: SettingKind & { type: 'number' },
  value: number,
): boolean {
  return value > above && value >= min && value <= max && value < below;
}

function isInRange(kind: SettingKind, value: unknown): value is SettingValue {
  switch (kind.type) {
    case 'integer':
      return (
        (kind.word !== undefined && value === kind.word) ||
        (Number.isSafeInteger(value) && (value as number) >= kind.min && (value as number) <= kind.max)
      );
    case 'number':
      return (
        (kind.word !== undefined && value === kind.word) ||
        (typeof value === 'number' && isWithin(kind, value))
      );
    case 'choice':
      return kind.many && Array.isArray(value)
        ? value.length > 0 && value.every((name) => kind.choices.includes(name))
        : typeof value === 'string' && kind.choices.includes(value);
    case 'sizes':
      return (
        Array.isArray(value) && value.every((size) => Number.isInteger(size) && size >= 1 && size <= kind.max)
      );
    case 'weights':
      return Array.isArray(value)
        ? value.every((weight) => typeof weight === 'number' && weight >= 0 && weight <= kind.max) &&
            value.some((weight) => weight > 0)
        : typeof value === 'string' && kind.words.includes(value);
  }
}
