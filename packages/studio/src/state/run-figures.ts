import type { Settings } from '@longhand/core';
import { formatSetting, SETTINGS } from '@longhand/core/settings';
import { devExamples } from '@longhand/core/training';
import { type Diagnosis, diagnose } from '../computations/diagnose.js';
import { labelOf } from '../setting-labels.js';
import type { Run } from './run.js';

/** How a run differs from one with the defaults: `hidden layers 128 · α 0.3`. */
export function nameOf({ given, fromName }: Run): string {
  const words = SETTINGS.flatMap((setting) => {
    const value = given[setting.name];
    if (value === undefined) return [];
    return [`${setting.symbol ?? labelOf(setting.name)} ${formatSetting(setting, value)}`];
  });
  if (fromName !== undefined) words.unshift(`goes on from ${fromName}`);
  return words.length > 0 ? words.join(' · ') : 'the board’s settings';
}

/** Training examples without dev. */
export function examplesOf(run: Run): number {
  const data = run.digits.value;
  if (!data) return run.keptExamples;
  const { length } = data.training;
  return length - devExamples(run.given, length);
}

/** A run's length in epochs. */
export function epochsOf(run: Run): number {
  return lengthInEpochs(run.settings, examplesOf(run));
}

/** How many epochs the settings ask for, with so many training examples. */
export function lengthInEpochs(
  { epochs, iterations = 0, batchSize: batch }: Settings,
  examples: number,
): number {
  if (epochs) return epochs;
  return batch === 'full' || examples === 0 ? iterations : iterations / Math.ceil(examples / batch);
}

/** Iterations per second of training alone. */
export function rateOf({ step, milliseconds }: Run): number {
  const { iteration = 0 } = step.value ?? {};
  return milliseconds.value > 0 ? (1000 * iteration) / milliseconds.value : 0;
}

export function examplesPerStepOf(run: Run): number {
  const { batchSize: batch } = run.settings;
  return batch === 'full' ? examplesOf(run) : batch;
}

/**
 * Whether the settings give these parameters on every machine: neither the user nor the time
 * limit stopped the run, and it began with a fresh network.
 */
export function canReplay({ fromName, step, state, settings }: Run): boolean {
  if (fromName !== undefined) return false;
  const { iteration = 0, iterations } = step.value ?? {};
  return state.value === 'done' && (settings.minutes === 'none' || iteration === iterations);
}

/** What a run shows about itself at its end; nothing before. */
export function diagnosisOf(run: Run): Diagnosis | undefined {
  const { settings } = run;
  const { firstLoss, worstLoss } = run.curves;
  const [trained, step] = [run.trained.value, run.step.value];
  if (!trained?.vitals || !step) return undefined;
  const { vitals } = trained;
  const { loss, iteration: iterations } = step;
  const accuracy = (trained.test ?? step).accuracy;
  return diagnose({ settings, vitals, accuracy, firstLoss, worstLoss, loss, iterations });
}
