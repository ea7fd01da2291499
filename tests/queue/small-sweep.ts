import { buildRun, Dataset, type GivenSettings } from '@longhand/core';
import { createRandom } from '@longhand/core/maths';
import { fingerprintOf, runTask, type Task, type TaskOutcome, taskId } from '@longhand/sweep';

const SIDE = 4;
const EXAMPLES = 120;

/** Pictures whose class can be told from their pixels, and not too easily. */
export const DATASET = (() => {
  const random = createRandom(7, 'examples');
  const labels = Uint8Array.from({ length: EXAMPLES }, () => random.below(3));
  const pixels = new Uint8Array(EXAMPLES * SIDE * SIDE).map((_, at) => {
    const lit = labels[Math.floor(at / (SIDE * SIDE))] === (at % (SIDE * SIDE)) % 3;
    return random.below(lit ? 256 : 160);
  });
  return new Dataset({ pixels, labels, width: SIDE, height: SIDE, classNames: ['a', 'b', 'c'] });
})();

export const DATA = { name: 'small pictures', fingerprint: fingerprintOf(DATASET) };

/** Tasks that differ in their settings: trial 1 has seed 1, and so on. */
export function tasksOf(count: number, given: GivenSettings = {}): Task[] {
  return Array.from({ length: count }, (_, index) => {
    const asked = { hidden: [4 + (index % 3)], dev: 30, iterations: 60, seed: index + 1, ...given };
    const { settings, iterations } = buildRun({ settings: asked, dataset: DATASET });
    const { threads: _threads, ...own } = settings;
    return taskOf(own, iterations, index + 1);
  });
}

function taskOf(settings: Task['settings'], until: number, trial: number): Task {
  const data = DATA.fingerprint;
  const id = taskId({ settings, data, until });
  return { id, trial, repetition: 1, rung: 1, settings, until, data };
}

/** What comes of each task without a queue. */
export async function directly(tasks: readonly Task[]): Promise<ReadonlyMap<string, TaskOutcome>> {
  const found = new Map<string, TaskOutcome>();
  const store = { load: async () => undefined, save: async () => undefined, remove: async () => undefined };
  for (const task of tasks) {
    const { id, seconds: _, ...outcome } = await runTask(task, { dataset: DATASET, threads: 0, store });
    found.set(id, outcome);
  }
  return found;
}
