import {
  type Dataset,
  flagOf,
  formatSetting,
  rangeOf,
  SettingError,
  type Settings,
  settingNamed,
} from '@longhand/core';
import type { TrainFlags } from '../commands/train.js';
import { count } from '../terminal/figures.js';

/** Of 32-bit floats, which with their gradient fill the 4 GiB that WebAssembly's addresses reach. */
const MAX_PARAMETERS = 2 ** 29;

/** @throws SettingError for flags that say nothing together */
export function checkTogether({ checkpoint, every, resume, repeat, preset }: TrainFlags): void {
  if (every !== undefined && checkpoint === undefined) throw new SettingError('--every: needs --checkpoint');
  if (resume !== undefined && preset !== undefined) {
    throw new SettingError('--preset and --resume exclude each other: the checkpoint has its settings');
  }
  if (repeat !== undefined && (checkpoint ?? resume) !== undefined) {
    throw new SettingError('--repeat and --checkpoint or --resume exclude each other: give one of them');
  }
}

/**
 * The table of settings lets a default pass, since it changes nothing. Somebody who types it means it to count.
 *
 * @throws SettingError for a flag that the optimizer has no use for
 */
export function checkUse({ momentum, alpha }: Partial<Settings>, { optimizer }: Settings): void {
  if (momentum !== undefined && optimizer !== 'momentum' && optimizer !== 'nesterov')
    throw new SettingError(
      `--momentum ${momentum}: needs --optimizer momentum or nesterov, not ${optimizer}`,
    );
  if (alpha !== undefined && optimizer === 'lbfgs')
    throw new SettingError(
      `--alpha ${alpha}: needs another --optimizer than lbfgs, which finds its steps itself`,
    );
}

/** @throws SettingError when the last of several seeds would be out of range */
export function checkSeeds(first: number, repetitions: number): void {
  const { kind } = settingNamed('seed');
  if (kind.type !== 'integer' || first + repetitions - 1 <= kind.max) return;
  const range = rangeOf({ kind: { ...kind, max: kind.max - repetitions + 1 } });
  throw new SettingError(`--seed: with --repeat ${repetitions} expected ${range}, found ${first}`);
}

/** @throws SettingError for a network that the engine's memory could not hold, before minutes go into drawing its weights */
export function checkSize({ hidden, engine }: Settings, { inputs, classNames }: Dataset): void {
  const sizes = [inputs, ...hidden, classNames.length];
  const parameters = sizes.slice(1).reduce((sum, units, l) => sum + units * (sizes[l]! + 1), 0);
  if (engine === 'maths' || parameters <= MAX_PARAMETERS) return;
  const setting = settingNamed('hidden');
  throw new SettingError(
    `${flagOf(setting)} ${formatSetting(setting, hidden)}: ${count(parameters)} parameters: expected at most ${count(MAX_PARAMETERS)}, which fill the 4 GiB that WebAssembly can hold`,
  );
}
