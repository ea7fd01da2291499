import type { Settings, Step, TrainingRun } from '@longhand/core';
import { duration, nats, percent, significant } from '@longhand/core/text';
import { type Progress, startProgress } from '../terminal/progress.js';
import { type Terminal, terminalOf } from '../terminal/terminal.js';

const NARROW_COLUMNS = 100;
/** The position of the rates among the words. */
const RATE_AT = 3;
/** Steps of the bar: a run's progress may be in iterations or in time. */
const TOTAL = 10_000;
/** With more iterations than this, the time limit ends the run, and they are not shown. */
const COUNTABLE = 1e8;

export interface FollowOptions {
  readonly quiet: boolean;
  readonly examplesPerIteration: number;
  /** The time limit of the run. */
  readonly minutes: Settings['minutes'];
  /** Called with every step, and the seconds since the first. */
  readonly onStep?: (step: Step, seconds: number) => Promise<void>;
}

/** Follows a run to its end and shows its progress. Returns all steps that were reported. */
export async function followRun(
  run: TrainingRun,
  { quiet, examplesPerIteration, minutes, onStep }: FollowOptions,
): Promise<Step[]> {
  const progress = await startProgress({ total: TOTAL, quiet });
  try {
    return await collect(
      run,
      progress,
      examplesPerIteration,
      minutes === 'none' ? Number.POSITIVE_INFINITY : 60 * minutes,
      onStep,
    );
  } finally {
    progress.end();
  }
}

async function collect(
  run: TrainingRun,
  progress: Progress,
  examplesPerIteration: number,
  budget: number,
  onStep: FollowOptions['onStep'],
): Promise<Step[]> {
  const steps: Step[] = [];
  let began: number | undefined;
  for await (const step of run) {
    // The first step includes loading the examples, so rates are measured from its end.
    began ??= performance.now();
    const started = began;
    steps.push(step);
    const seconds = (performance.now() - started) / 1000;
    await onStep?.(step, seconds);
    const share = Math.min(1, Math.max(step.iteration / step.iterations, seconds / budget));
    progress.update(TOTAL * share, () => describeStep(step, seconds, examplesPerIteration, budget));
  }
  return steps;
}

/** `iteration 120/500  loss 0.8123  accuracy 76.3%  178/s  10.5 million ex/s  2.1 s left`. */
export function describeStep(
  step: Step,
  seconds: number,
  examplesPerIteration: number,
  budget = Number.POSITIVE_INFINITY,
): string {
  const { iteration, iterations, loss, accuracy } = step;
  const terminal = terminalOf(process.stderr);
  const name = isNarrow(terminal) ? '' : 'iteration ';
  const words = [
    `${name}${iteration}${iterations < COUNTABLE ? `/${iterations}` : ''}`,
    `loss ${nats(loss)}`,
    `accuracy ${percent(accuracy, 1)}`,
  ];
  if (iteration > 0 && seconds > 0) {
    const rate = iteration / seconds;
    words.push(`${significant(rate)}/s`, `${inThousands(rate * examplesPerIteration)}ex/s`);
    const left = Math.min((iterations - iteration) / rate, budget - seconds);
    if (left > 0) words.push(`${duration(left)} left`);
  }
  // If the line is too short for everything, the rates are left out first.
  while (terminal.interactive && words.length > RATE_AT && words.join('  ').length > terminal.width - 1)
    words.splice(Math.min(words.length - 1, RATE_AT + 1), 1);
  return words.join('  ');
}

/** `10.5 M `, `7.32 k `, `812 `. */
function inThousands(value: number): string {
  const [unit, sign] = value >= 1e6 ? [1e6, 'M '] : value >= 1e3 ? [1e3, 'k '] : [1, ''];
  return `${significant(value / unit)} ${sign}`;
}

/** Whether the word `iteration` would leave no room for the time left. */
function isNarrow({ interactive, width }: Terminal): boolean {
  return interactive && width < NARROW_COLUMNS;
}
