import { nearestOf } from '@longhand/core/suggest';
import type { NamedData } from './named-data.js';
import { NAMED_DATA } from './table.js';

/** What the same data are called elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  fashion: 'fashion-mnist',
  fmnist: 'fashion-mnist',
  clothes: 'fashion-mnist',
  kuzushiji: 'kmnist',
  kuzushijimnist: 'kmnist',
  kuzushiji49: 'k49',
  kmnist49: 'k49',
  emnist: 'emnist-balanced',
  letters: 'emnist-letters',
};

/** The dataset of this name: `fashion-mnist`, `Fashion_MNIST`. */
export function namedData(name: string): NamedData | undefined {
  return NAMED_DATA.find((data) => plain(data.name) === plain(name));
}

/** The name that somebody means by one that is not known: `fashion` or `fasion-mnist`. */
export function suggestNamed(name: string): string | undefined {
  const names = NAMED_DATA.map((data) => data.name);
  return ELSEWHERE[plain(name)] ?? nearestOf(name, names);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
