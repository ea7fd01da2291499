import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DataError, LonghandError } from '@longhand/core/errors';
import { type Exercise, type Marks, markAnswers, QUANTITIES } from '@longhand/core/exercise';
import { readAnswers } from './read-answers.js';

/** The marks of one file, or why it has none. */
export interface Marked {
  /** From the folder. */
  readonly file: string;
  readonly marks?: Marks;
  readonly notes: readonly string[];
  readonly problem?: string;
}

/**
 * Marks every answer file of a folder and of the folders in it. A file that cannot be read does not stop it.
 *
 * @throws DataError if there is none
 */
export async function markClass(folder: string, exercise: Exercise): Promise<Marked[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(
      (entry) => entry.isFile() && /\.(npz|json)$/i.test(entry.name) && !/^exercise\./i.test(entry.name),
    )
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (files.length === 0)
    throw new DataError(`${folder}: no answers in it: expected files that end with .npz or .json`);
  const all: Marked[] = [];
  for (const file of files) all.push(await markOne(path.join(folder, file), file, exercise));
  return all;
}

async function markOne(place: string, file: string, exercise: Exercise): Promise<Marked> {
  try {
    const { answers, notes } = await readAnswers(place);
    return { file, marks: markAnswers(exercise, answers), notes };
  } catch (error) {
    if (!(error instanceof LonghandError)) throw error;
    return { file, notes: [], problem: error.message };
  }
}

/** A row for each learner: how many are right, and of each quantity the verdict or the mistakes. */
export function classAsCsv(all: readonly Marked[]): string {
  const names = QUANTITIES.map(({ name }) => name);
  const rows = all.map(({ file, marks, problem }) => [
    file,
    ...(marks ? [marks.right, marks.wrong, marks.missing].map(String) : ['', '', '']),
    ...names.map((_, k) => {
      const mark = marks?.marks[k];
      return mark?.mistakes.map(({ id }) => id).join(' + ') || (mark?.verdict ?? '');
    }),
    problem ?? '',
  ]);
  const lines = [['file', 'right', 'wrong', 'missing', ...names, 'problem'], ...rows];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet would compute a text that begins like a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
