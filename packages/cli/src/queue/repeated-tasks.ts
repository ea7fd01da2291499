import { type BuiltRun, buildRun, type Dataset, type Settings } from '@longhand/core';
import { settingNamed } from '@longhand/core/settings';
import { type Task, taskId } from '@longhand/sweep';

/** One of several runs that differ in their seed only, as workers get it. */
export interface PlannedRun {
  readonly built: BuiltRun;
  readonly task: Task;
}

/**
 * The runs of `train --repeat`, with the seeds of the settings' own, the next one, and so on.
 *
 * @param fingerprint SHA-256 of the dataset
 * @throws SettingError for settings that do not fit the data
 */
export function repeatedTasks(
  settings: Partial<Settings>,
  repetitions: number,
  dataset: Dataset,
  fingerprint: string,
): PlannedRun[] {
  const first = settings.seed ?? (settingNamed('seed').default as number);
  return Array.from({ length: repetitions }, (_, k) => {
    const built = buildRun({ settings: { ...settings, seed: first + k }, dataset });
    const { threads: _threads, ...own } = built.settings;
    const task = { settings: own, data: fingerprint, until: built.iterations };
    const place = { trial: k + 1, repetition: 1, rung: 1 };
    return { built, task: { id: taskId(task), ...place, ...task, keepsModel: true } };
  });
}
