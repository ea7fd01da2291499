import type { Settings } from '@longhand/core';
import { rangeOf, settingNamed } from '@longhand/core/settings';
import { UsageError } from '../usage-error.js';

/** The flags of a run that are not settings of it. */
interface RunFlags {
  readonly checkpoint?: string;
  readonly every?: string;
  readonly resume?: string;
  readonly repeat?: number;
  readonly preset?: string;
}

/** @throws UsageError for flags that mean nothing together */
export function checkRunFlags({ checkpoint, every, resume, repeat, preset }: RunFlags): void {
  if (every !== undefined && checkpoint === undefined) throw new UsageError('--every: needs --checkpoint');
  if (resume !== undefined && preset !== undefined) {
    throw new UsageError('--preset and --resume exclude each other: the checkpoint contains the settings');
  }
  if (repeat !== undefined && (checkpoint ?? resume) !== undefined) {
    throw new UsageError('--repeat cannot be combined with --checkpoint or --resume');
  }
}

/** @throws UsageError for a checkpoint of an engine whose numbers it cannot hold */
export function checkCheckpoint({ checkpoint }: RunFlags, { engine }: Settings): void {
  if (checkpoint === undefined || engine !== 'maths') return;
  throw new UsageError(
    '--checkpoint: stores 32-bit floats, but --engine maths has 64-bit floats: use --engine wasm',
  );
}

/** @throws UsageError if several runs cannot be compared, or the last seed is out of range */
export function checkRepetitions(repetitions: number, { seed: first, dev }: Settings): void {
  if (repetitions > 1 && dev === 0)
    throw new UsageError('--repeat: needs held-out examples to choose the best model: --dev greater than 0');
  const { kind } = settingNamed('seed');
  if (kind.type !== 'integer' || first + repetitions - 1 <= kind.max) return;
  const range = rangeOf({ kind: { ...kind, max: kind.max - repetitions + 1 } });
  throw new UsageError(`--seed: with --repeat ${repetitions} expected ${range}, found ${first}`);
}
