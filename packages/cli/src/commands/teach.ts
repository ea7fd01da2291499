import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { type ModelFile, parametersSha256 } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import { createJudge } from '@longhand/core/evaluation';
import { encodeModel } from '@longhand/core/files';
import { percent, plural } from '@longhand/core/text';
import { type Effect, type Lesson, type TaughtAnswer, teach } from '@longhand/core/training';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { predictorOf } from '../model/predictor-of.js';
import { saveModel } from '../model/save-model.js';
import { checkOut } from '../prediction/check-out.js';
import { inputsFromFiles, type PredictionInput } from '../prediction/inputs.js';
import { log, print, printJson } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { checkFitsModel } from '../test-set.js';
import { openTrainingData } from '../training/open-training-data.js';
import { UsageError } from '../usage-error.js';
import type { FlagsOf } from './row.js';
import type { teach as teachRow } from './teach.row.js';

/** Steps of the progress bar. */
const TOTAL = 1000;

/** `longhand teach MODEL FILE…`. */
export async function teachCommand(
  file: string,
  pictures: readonly string[],
  { label: name, out = taughtName(file), data, json, quiet = false }: FlagsOf<typeof teachRow>,
): Promise<ExitCode> {
  if (name === undefined) throw new UsageError('--label: say what the pictures show: --label 7');
  const model = await openModel(file, quiet);
  const { classNames } = model.record;
  const label = classNames.indexOf(name);
  if (label < 0) {
    throw new UsageError(
      `--label ${name}: ${file} does not know this class: its classes are ${classNames.join(', ')}`,
    );
  }
  await checkNew(out);
  await checkOut(out, [file, ...pictures], 'the taught model');
  const inputs = await readAll(pictures, file, model);
  for (const { file: picture, digits } of quiet ? [] : inputs) {
    if (digits) log(`${picture}: there are ${digits} digits on it: it is taught as one`);
  }
  const known = await openTrainingData(data, model.record, { quiet });
  checkFitsModel({ dataset: known.training, name: known.name }, file, model);
  const test = (await known.openTest?.())?.dataset;
  const progress = await startProgress({ total: TOTAL, quiet, hasLastLine: false });
  const lesson = teach({
    ...{ model, label, training: known.training, ...(test && { test }) },
    pictures: inputs.map(({ pixels, framed }) => framed?.frames ?? [pixels]),
    onProgress: (share) =>
      progress.update(TOTAL * share, () => `teaching ${plural(inputs.length, 'picture')}`),
  });
  progress.end();
  const isSaved = lesson.outcome === 'taught' || lesson.outcome === 'weakened';
  if (isSaved) await saveModel(out, encodeModel(lesson.model), 'the taught model');
  if (json) printJson(await asJson(file, isSaved ? out : null, lesson, inputs, name));
  else {
    print(describePictures(lesson, inputs, classNames).join('\n'));
    if (!quiet) print(describeEffects(lesson).join('\n'));
    if (isSaved) print(`Saved ${out}`);
  }
  if (lesson.outcome !== 'taught') log(`longhand: ${WHY[lesson.outcome](lesson)}`);
  return lesson.outcome === 'refused' ? EXIT.no : EXIT.done;
}

/** `model.safetensors` → `model-taught.safetensors`; of a pipe, in the folder where the command runs. */
function taughtName(file: string): string {
  const { dir, name } = path.parse(file === '-' ? 'model' : file);
  return path.join(dir, `${name}-taught.safetensors`);
}

/** @throws DataError if there is something of that name */
async function checkNew(out: string): Promise<void> {
  if (await lstat(out).catch(() => undefined)) {
    throw new DataError(`${out}: is there already, and is not overwritten: name another file with --out`);
  }
}

/** @throws DataError for the first picture that cannot be read: a lesson has all of its pictures */
async function readAll(
  pictures: readonly string[],
  file: string,
  { network, record }: ModelFile,
): Promise<readonly PredictionInput[]> {
  const predictor = predictorOf({ network, record });
  const inputs = await inputsFromFiles(pictures, file, record, {}, (pixels) => predictor.predict(pixels));
  return inputs.map((input) => {
    if ('error' in input) throw new DataError(input.error);
    return input;
  });
}

/** What is said of a lesson that is not whole. */
const WHY: Record<Exclude<Lesson['outcome'], 'taught'>, (lesson: Lesson) => string> = {
  known: () => 'the model reads all of this already, with 95% or more: nothing was taught, and nothing saved',
  weakened: () =>
    'a weaker lesson was given: a stronger one would have lowered the accuracy on other examples',
  refused: ({ dev, test }) => {
    const lost = test ?? dev;
    const how = lost
      ? `the accuracy on ${test ? 'the test set' : 'examples that the model knew'} would fall by ${points(lost.untaught - lost.after.accuracy)} points`
      : 'no small change of the model does it';
    return `not taught: ${how}. Nothing was saved`;
  },
};

/** `0.13`, of a share. */
function points(share: number): string {
  return (100 * share).toFixed(2);
}

function describePictures(
  { pictures }: Lesson,
  inputs: readonly PredictionInput[],
  classNames: readonly string[],
): string[] {
  const answer = ({ answer: k, probabilities }: TaughtAnswer) =>
    `${classNames[k]} (${percent(probabilities[k]!, 1)})`;
  return pictures.map(({ before, after }, i) => `${inputs[i]!.file}: ${answer(before)} → ${answer(after)}`);
}

function describeEffects({ outcome, dev, test }: Lesson): string[] {
  const rows: [string, Effect | undefined][] = [
    ['dev', dev],
    ['test', test],
  ];
  const word = outcome === 'refused' ? ' (refused)' : '';
  return rows.flatMap(([name, effect]) =>
    effect
      ? [
          `${name.padEnd(5)}  ${percent(effect.before.accuracy)} → ${percent(effect.after.accuracy)} accuracy${word}, ${plural(effect.after.examples, 'example')}`,
        ]
      : [],
  );
}

async function asJson(
  file: string,
  out: string | null,
  { outcome, model, pictures, dev, test }: Lesson,
  inputs: readonly PredictionInput[],
  label: string,
): Promise<object> {
  const { classNames } = model.record;
  const judge = createJudge(model.record);
  const answer = ({ answer: k, probabilities }: TaughtAnswer, { framed, pixels }: PredictionInput) => ({
    ...{ digit: k, class: classNames[k], probabilities: [...probabilities] },
    doubt: judge(probabilities, framed?.frames ?? [pixels]).doubt ?? null,
  });
  return {
    ...{ model: file, out, label, outcome },
    pictures: pictures.map(({ before, after }, i) => {
      const input = inputs[i]!;
      return { file: input.file, before: answer(before, input), after: answer(after, input) };
    }),
    dev: dev ?? null,
    test: test ?? null,
    parametersSha256: await parametersSha256(model.network),
  };
}
