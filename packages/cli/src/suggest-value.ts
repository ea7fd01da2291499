import type { SettingError } from '@longhand/core';
import { SETTINGS } from '@longhand/core/settings';
import { nearestOf } from '@longhand/core/suggest';

/**
 * What other programs call the choices of settings. A choice that a setting does not have is
 * ignored.
 */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ...{ swish: 'silu', logistic: 'sigmoid', linear: 'identity', none: 'identity', lrelu: 'leaky-relu' },
  ...{ gd: 'sgd', gradientdescent: 'sgd', rms: 'rmsprop', bfgs: 'lbfgs', nag: 'nesterov' },
  ...{ xavier: 'glorot', kaiming: 'he', uniform: 'board', onecycle: 'one-cycle' },
  ...{ acc: 'accuracy', js: 'maths', math: 'maths', webassembly: 'wasm', fast: 'wasm' },
};

/** The choice that somebody means by a value that a setting does not take: `descent` → `sgd`. */
export function suggestValue({ setting: name, value }: SettingError): string | undefined {
  const kind = SETTINGS.find((setting) => setting.name === name)?.kind;
  if (kind?.type !== 'choice' || typeof value !== 'string') return undefined;
  const { choices, formerly = {} } = kind;
  const meant = (word: string) =>
    choices.find((choice) => plain(choice) === plain(word)) ??
    choices.find((choice) => choice === (formerly[word] ?? ELSEWHERE[plain(word)])) ??
    nearestOf(word, choices);
  const words = value.split(',').map((word) => meant(word.trim()));
  return words.every((word) => word !== undefined) ? words.join(',') : undefined;
}

/** `Leaky_ReLU` and `leaky-relu` alike. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}
