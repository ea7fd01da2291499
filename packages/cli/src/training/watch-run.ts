import type { Step, TrainingRun } from '@longhand/core';
import { duration, nats, percent, significant } from '../terminal/figures.js';
import { type Progress, startProgress } from '../terminal/progress.js';
import { type Terminal, terminalOf } from '../terminal/terminal.js';

const NARROW_COLUMNS = 100;

/** Goes through a run to its end, showing how far it has come; what it gives are all the steps that were reported. */
export async function watchRun(
  run: TrainingRun,
  { quiet, examplesPerIteration }: { quiet: boolean; examplesPerIteration: number },
): Promise<Step[]> {
  const progress = await startProgress({ total: run.iterations, quiet });
  try {
    return await collect(run, progress, examplesPerIteration);
  } finally {
    progress.end();
  }
}

async function collect(run: TrainingRun, progress: Progress, examplesPerIteration: number): Promise<Step[]> {
  const steps: Step[] = [];
  let began: number | undefined;
  for await (const step of run) {
    // The first step carries the loading of the examples: rates count from after it.
    began ??= performance.now();
    const started = began;
    steps.push(step);
    progress.update(step.iteration, () =>
      describeStep(step, (performance.now() - started) / 1000, examplesPerIteration),
    );
  }
  return steps;
}

/** `iteration 120/500  loss 0.8123  accuracy 76.3%  178/s  10.5 million ex/s  2.1 s left`. */
export function describeStep(step: Step, seconds: number, examplesPerIteration: number): string {
  const { iteration, iterations, loss, accuracy } = step;
  const name = isNarrow(terminalOf(process.stderr)) ? '' : 'iteration ';
  const words = [
    `${name}${iteration}/${iterations}`,
    `loss ${nats(loss)}`,
    `accuracy ${percent(accuracy, 1)}`,
  ];
  if (iteration > 0 && seconds > 0) {
    const rate = iteration / seconds;
    words.push(`${significant(rate)}/s`, `${significant((rate * examplesPerIteration) / 1e6)} M ex/s`);
    if (iteration < iterations) words.push(`${duration((iterations - iteration) / rate)} left`);
  }
  return words.join('  ');
}

/** Whether the word beside the bar would cost the time left its place. */
function isNarrow({ interactive, width }: Terminal): boolean {
  return interactive && width < NARROW_COLUMNS;
}
