import type { Dataset } from '../data/dataset.js';
import { SettingError, written } from '../errors.js';
import type { Network } from '../maths/network.js';

/**
 * JavaScript lets through anything in place of a network.
 *
 * @throws SettingError that says what makes one
 */
export function requireNetwork(given: Network): void {
  if (Array.isArray(given?.layers) && typeof given.output === 'object') return;
  refuse('network', 'a network, such as createNetwork({ layers: [784, 10, 10] })', given);
}

/** @throws SettingError that says what makes a dataset */
export function requireDataset(given: Dataset, what = 'dataset'): void {
  // Not instanceof: a page may hold two copies of this library.
  if (typeof given?.pixels === 'function' && typeof given.label === 'function') return;
  refuse(what, 'a Dataset, such as new Dataset({ pixels, labels, width, height, classNames })', given);
}

/** @throws SettingError when the options are no object */
export function requireObject(given: object, what: string, such: string): void {
  if (typeof given !== 'object' || given === null) refuse(what, `an object such as ${such}`, given);
}

function refuse(setting: string, expected: string, given: unknown): never {
  const kind = Object.prototype.toString.call(given).slice(8, -1);
  const found =
    given === undefined || given === null ? 'nothing' : typeof given === 'object' ? kind : written(given);
  throw new SettingError({ setting, expected: [`${expected}, found ${found}`] });
}
