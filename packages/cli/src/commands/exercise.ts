import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import { settingNamed } from '@longhand/core/settings';
import { writeNamedArrays } from '@longhand/formats/models';
import { arraysOfExercise, describeExercise, EXAMPLES, exerciseOfSeed } from '../exercise/exercise-file.js';
import { STARTERS, type StarterName } from '../exercise/starters.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { checkWritable, saveModel } from '../model/save-model.js';
import { log, printJson } from '../streams.js';
import { UsageError } from '../usage-error.js';
import type { exercise as exerciseRow } from './exercise.row.js';
import type { FlagsOf } from './row.js';

/** `longhand exercise`. */
export async function exerciseCommand({
  starter = undefined,
  out,
  examples = EXAMPLES,
  seed = settingNamed('seed').default as number,
  json,
  quiet = false,
}: FlagsOf<typeof exerciseRow>): Promise<ExitCode> {
  const language = starter ?? (out?.toLowerCase().endsWith('.json') ? 'javascript' : 'python');
  const file = out ?? (language === 'none' ? 'exercise.npz' : STARTERS[language].exercise);
  checkEnding(file, language);
  const program = language === 'none' ? undefined : path.join(path.dirname(file), STARTERS[language].file);
  await checkWritable(file, 'the exercise');
  if (program && (await stat(program).catch(() => undefined)))
    throw new DataError(
      `${program}: exists already, and may be your work: rename it, or pass --starter none to save the exercise alone`,
    );
  const made = await exerciseOfSeed(seed, examples);
  await saveModel(file, bytesOf(made, file), 'the exercise');
  if (program && language !== 'none') {
    const text = STARTERS[language].text(path.basename(file));
    await saveModel(program, new TextEncoder().encode(text), 'the program');
  }
  const flags = `${seed === settingNamed('seed').default ? '' : ` --seed ${seed}`}${examples === EXAMPLES ? '' : ` --examples ${examples}`}`;
  if (json) printJson({ exercise: file, starter: program ?? null, seed, examples, shapes: shapesOf(made) });
  if (quiet) return EXIT.done;
  log(`${file}: ${describeExercise(made)}`);
  if (program && language !== 'none') {
    const { run, answers } = STARTERS[language];
    log(`${program}: fill it in, and run it: ${run}`);
    log(`Then have it marked: longhand mark ${answers}${flags}`);
  } else log(`Save your answers as npz or JSON, and have them marked: longhand mark answers.npz${flags}`);
  return EXIT.done;
}

function checkEnding(file: string, language: StarterName | 'none'): void {
  if (!/\.(npz|json)$/i.test(file))
    throw new UsageError(`--out ${file}: expected a name that ends with .npz or .json`);
  if (language === 'none') return;
  const wanted = path.extname(STARTERS[language].exercise);
  if (path.extname(file).toLowerCase() !== wanted)
    throw new UsageError(
      `--out ${file}: the program in ${language} reads ${wanted}: name the file so, or pass --starter none`,
    );
}

type Made = Awaited<ReturnType<typeof exerciseOfSeed>>;

function bytesOf(made: Made, file: string): Uint8Array {
  const arrays = arraysOfExercise(made);
  if (/\.npz$/i.test(file)) return writeNamedArrays(arrays);
  const document = Object.fromEntries(
    [...arrays].map(([name, { shape, values }]) => [name, nested(shape, values)]),
  );
  return new TextEncoder().encode(`${JSON.stringify(document)}\n`);
}

/** A matrix as a list of rows; a number as itself. */
function nested([rows, cols]: readonly number[], values: Float64Array): number | number[][] {
  if (rows === undefined || cols === undefined) return values[0]!;
  return Array.from({ length: rows }, (_, i) => [...values.subarray(i * cols, (i + 1) * cols)]);
}

function shapesOf(made: Made): Record<string, readonly number[]> {
  return Object.fromEntries([...arraysOfExercise(made)].map(([name, { shape }]) => [name, shape]));
}
