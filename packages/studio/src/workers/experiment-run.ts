import type { ExperimentSettings } from '../computations/experiment.js';
import type { Digits } from '../state/digits.js';
import type { FromExperiment, Outcome, Report, ToExperiment } from './experiment-messages.js';
import { pack } from './training-worker.js';

/** An experiment under way. */
export interface ExperimentRun {
  /** Ends it where it is; its outcome follows. */
  stop(): void;
  /** Ends it at once; nothing follows. */
  abandon(): void;
}

interface Listeners {
  readonly onReport: (report: Report) => void;
  readonly onOutcome: (outcome: Outcome) => void;
  /** One clear line. */
  readonly onFailure: (message: string) => void;
}

/** Runs an experiment on these digits in a worker of its own. */
export function runExperiment(
  settings: ExperimentSettings,
  { training, test }: Digits,
  { onReport, onOutcome, onFailure }: Listeners,
): ExperimentRun {
  const worker = new Worker(new URL('./experiment.worker.ts', import.meta.url), { type: 'module' });
  const send = (message: ToExperiment) => worker.postMessage(message);
  worker.onmessage = ({ data }: MessageEvent<FromExperiment>) => {
    if (data.type === 'report') {
      onReport(data.report);
      return;
    }
    worker.terminate();
    if (data.type === 'outcome') onOutcome(data.outcome);
    else onFailure(data.message);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    onFailure(event.message || 'the experiment could not be loaded: load the page again');
  };
  send({ type: 'run', settings, digits: { training: pack(training), test: pack(test) } });
  return { stop: () => send({ type: 'stop' }), abandon: () => worker.terminate() };
}
