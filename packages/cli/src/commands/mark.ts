import { stat } from 'node:fs/promises';
import { markAnswers } from '@longhand/core/exercise';
import { settingNamed } from '@longhand/core/settings';
import { plural } from '@longhand/core/text';
import { EXAMPLES, exerciseOfSeed, readExercise } from '../exercise/exercise-file.js';
import { classAsCsv, markClass } from '../exercise/mark-class.js';
import { drawMarks, marksAsJson } from '../exercise/print-marks.js';
import { readAnswers } from '../exercise/read-answers.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { checkWritable, saveModel } from '../model/save-model.js';
import { log, print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { UsageError } from '../usage-error.js';
import type { mark as markRow } from './mark.row.js';
import type { FlagsOf } from './row.js';

/** `longhand mark ANSWERS`. */
export async function markCommand(answers: string, flags: FlagsOf<typeof markRow>): Promise<ExitCode> {
  const { exercise: file, examples, seed, csv, quiet = false } = flags;
  if (file !== undefined && (examples !== undefined || seed !== undefined))
    throw new UsageError(
      '--exercise and --seed or --examples exclude each other: the file says which exercise it is',
    );
  const isClass = answers !== '-' && (await stat(answers).catch(() => undefined))?.isDirectory() === true;
  if (csv !== undefined && !isClass) throw new UsageError(`--csv ${csv}: needs a folder of answers`);
  if (csv !== undefined) await checkWritable(csv, 'the marks');
  const [own, count] = [seed ?? (settingNamed('seed').default as number), examples ?? EXAMPLES];
  const made = file === undefined ? await exerciseOfSeed(own, count) : await readExercise(file);
  const announce = () => {
    if (!quiet) log(`Marked against ${file ?? `the exercise of seed ${own} with ${plural(count, 'digit')}`}`);
  };
  return isClass
    ? await markFolder(answers, made, flags, announce)
    : await markFile(answers, made, flags, announce);
}

type Made = Awaited<ReturnType<typeof exerciseOfSeed>>;

async function markFile(
  file: string,
  made: Made,
  { json, quiet = false }: FlagsOf<typeof markRow>,
  announce: () => void,
): Promise<ExitCode> {
  const { answers, notes } = await readAnswers(file);
  announce();
  const marks = markAnswers(made, answers);
  if (json) printJson({ file, ...marksAsJson(marks, notes) });
  else if (quiet) print(`${marks.right} right, ${marks.wrong} wrong, ${marks.missing} missing`);
  else print(drawMarks(marks, notes, terminalOf(process.stdout)).join('\n'));
  return marks.wrong === 0 ? EXIT.done : EXIT.no;
}

async function markFolder(
  folder: string,
  made: Made,
  { json, csv }: FlagsOf<typeof markRow>,
  announce: () => void,
): Promise<ExitCode> {
  const all = await markClass(folder, made);
  announce();
  if (csv !== undefined) await saveModel(csv, new TextEncoder().encode(classAsCsv(all)), 'the marks');
  if (json)
    printJson(
      all.map(({ file, marks, notes, problem }) => ({
        file,
        ...(marks && marksAsJson(marks, notes)),
        ...(problem !== undefined && { problem }),
      })),
    );
  else
    for (const { file, marks, problem } of all) {
      const mistakes = marks?.marks.flatMap(({ quantity, verdict, mistakes: named }) =>
        verdict === 'wrong'
          ? [`${quantity.name} ${named.map(({ name }) => name).join('; and ') || 'differs'}`]
          : [],
      );
      print(
        marks
          ? `${file}: ${marks.right} right, ${marks.wrong} wrong, ${marks.missing} missing${mistakes!.map((text) => `\n  ${text}`).join('')}`
          : `${file}: not marked: ${problem}`,
      );
    }
  return all.every(({ marks }) => marks?.wrong === 0) ? EXIT.done : EXIT.no;
}
