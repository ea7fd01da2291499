import { effect, signal } from '@preact/signals';
import { packNetwork } from '../workers/network-message.js';
import { TrainingWorker } from '../workers/training-worker.js';
import { replaceModel } from './models.js';
import { showError } from './notifications.js';
import type { Run } from './run.js';
import { busy, runs } from './runs.js';

/** The run whose model learns when to doubt its answers, and how far it is (0–1). */
export const learning = signal<{ readonly run: Run; readonly share: number } | undefined>(undefined);

/** Runs whose models have learned it, or cannot. */
const finished = signal<readonly Run[]>([]);
let current: TrainingWorker | undefined;

// It takes seconds, in a worker of its own, after the run: its result is there before. As soon as another run
// starts, that one has the processor, and this is begun again when it ends.
effect(() => {
  const next = runs.value.find(
    (run) =>
      // A run of another day has no data here, and has learned it.
      run.state.value === 'done' && run.model.value && run.digits.value && !finished.value.includes(run),
  );
  if (!next || busy.value) return;
  const worker = new TrainingWorker();
  current = worker;
  void learn(next, worker);
  return () => worker.end();
});

async function learn(run: Run, worker: TrainingWorker): Promise<void> {
  const [model, data] = [run.model.peek()!, run.digits.peek()!];
  const report = (share: number) => {
    if (current === worker) learning.value = { run, share };
  };
  report(0);
  try {
    const request = { network: packNetwork(model.network), settings: run.given };
    const doubt = await worker.learnDoubt(data, request, report);
    if (doubt) {
      const learned = { ...model, record: { ...model.record, doubt } };
      replaceModel(learned);
      finished.value = [...finished.peek(), run];
      run.model.value = learned;
    } else finished.value = [...finished.peek(), run];
  } catch (error) {
    // It was ended for another run.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    finished.value = [...finished.peek(), run];
    showError(error);
  } finally {
    if (current === worker) learning.value = undefined;
    worker.end();
  }
}
