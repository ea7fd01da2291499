import { PIXEL_SCALE, toDesignMatrix } from '@longhand/core/data';
import { createExercise, type Exercise, QUANTITIES } from '@longhand/core/exercise';
import { signal } from '@preact/signals';
import { firstDigits, loadFirst } from '../state/digits.js';
import { WorkerCalls } from '../workers/calls.js';
import { NO_CONNECTION } from '../workers/fetch-bytes.js';
import { keep, kept } from './kept.js';
import type { MarkMethods } from './mark.worker.js';
import type { Sheet } from './marking.js';
import type { Problem } from './read-ended.js';
import { LIMIT_MS, runCode } from './run-code.js';

/** As many digits as `longhand exercise` takes: not as many as there are units, so that a wrong axis is seen. */
export const EXAMPLES = 12;

/** What the last run gave. */
export interface Outcome {
  readonly sheet: Sheet | undefined;
  readonly problems: readonly Problem[];
  readonly output: readonly string[];
  /** How many lines were printed, of which `output` has the first. */
  readonly lines: number;
}

export const outcome = signal<Outcome | undefined>(undefined);
export const isRunning = signal(false);

let made: Exercise | undefined;

/** The board's network before training, and the first digits of the test set. */
async function exercise(): Promise<Exercise> {
  if (made) return made;
  await loadFirst();
  const digits = firstDigits.value;
  if (!digits) throw new Error('the digits could not be loaded: check your connection, and run again');
  const chosen = Uint32Array.from({ length: EXAMPLES }, (_, k) => k);
  made = createExercise(toDesignMatrix(digits.test, chosen, PIXEL_SCALE), { seed: 1 });
  return made;
}

const marker = new WorkerCalls<MarkMethods>(
  () => new Worker(new URL('./mark.worker.ts', import.meta.url), { type: 'module' }),
  NO_CONNECTION,
);

/** Runs the program that is kept, and marks it. A second call while one runs does nothing. */
export async function runAndMark(): Promise<void> {
  if (isRunning.value) return;
  isRunning.value = true;
  try {
    outcome.value = await run();
  } catch (error) {
    outcome.value = failed(error instanceof Error ? error.message : String(error));
  } finally {
    isRunning.value = false;
  }
}

async function run(): Promise<Outcome> {
  const given = await exercise();
  const ended = await runCode(kept.value.code, asJson(given));
  if (ended.end === 'not-started')
    return failed('It could not be started. Check your connection, and run again.');
  const { end, text = '', line, output, lines } = ended;
  const printed = { output, lines };
  if (end === 'time')
    return failed(
      `It was stopped after ${LIMIT_MS / 1000} seconds. Is there a loop that never ends?`,
      printed,
    );
  if (end === 'flood') return failed('It was stopped: it sent more than 10,000 messages.', printed);
  if (end === 'too-large') return failed('It was stopped: its answers are too large.', printed);
  if (end === 'failed') return failed(text, printed, line);
  const marked = await marker.call('mark', { exercise: given, text });
  if (!marked) return failed('It sent no answers that can be read.', printed);
  // A program that did not run has no marks.
  if (marked.problems.some(({ step }) => step === 'program'))
    return { sheet: undefined, problems: marked.problems, ...printed };
  keep({ best: Math.max(kept.value.best, marked.sheet.right) });
  return { ...marked, ...printed };
}

function failed(
  message: string,
  printed: Pick<Outcome, 'output' | 'lines'> = { output: [], lines: 0 },
  line?: number,
): Outcome {
  const problem = { step: 'program', message, missing: [], ...(line !== undefined && { line }) };
  return { sheet: undefined, problems: [problem], ...printed };
}

/** Matrices as lists of rows. */
function asJson({ alpha, X, ...others }: Exercise): string {
  const rows = Object.entries({ X, ...others }).map(([name, { rows: count, cols, data }]) => [
    name,
    Array.from({ length: count }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]),
  ]);
  return JSON.stringify({ ...Object.fromEntries(rows), alpha, m: X.cols });
}

/** How many quantities there are to compute. */
export const ALL = QUANTITIES.length;
