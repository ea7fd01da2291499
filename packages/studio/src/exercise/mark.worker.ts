// Marks outside the page's thread: looking for two mistakes at once takes tenths of a second.
import type { Exercise } from '@longhand/core/exercise';
import { serve } from '../workers/serve.js';
import { markSheet, type Sheet } from './marking.js';
import { type Problem, readAnswered } from './read-ended.js';

export interface MarkRequest {
  readonly exercise: Exercise;
  /** What the program sent. */
  readonly text: string;
}

const methods = {
  /** Returns the marks, and what went wrong; `undefined` if the text is no answer. */
  mark({ exercise, text }: MarkRequest): { sheet: Sheet; problems: readonly Problem[] } | undefined {
    const answered = readAnswered(text);
    if (!answered) return undefined;
    return { sheet: markSheet(exercise, answered.answers), problems: answered.problems };
  },
};

export type MarkMethods = typeof methods;

serve(methods);
