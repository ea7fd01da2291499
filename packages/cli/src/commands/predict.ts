import type { Feature, ModelFile, ModelRecord } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import { createJudge } from '@longhand/core/evaluation';
import { argmax, createRandom, meanOf } from '@longhand/core/maths';
import type { Judge } from '@longhand/core/pages';
import { FRAME_STEPS, type FrameSteps } from '@longhand/core/pictures';
import { settingNamed } from '@longhand/core/settings';
import { count, plural } from '@longhand/core/text';
import { type Taken, takenAsJson } from '../data/announce.js';
import type { ReadingFlags } from '../data/open-data.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { predictorOf } from '../model/predictor-of.js';
import { saveModel } from '../model/save-model.js';
import { withColumns } from '../model/with-columns.js';
import { modelAndPictures } from '../model-and-pictures.js';
import { answerTable } from '../prediction/answer-table.js';
import { checkOut } from '../prediction/check-out.js';
import { describePrediction, drawPrediction } from '../prediction/draw-prediction.js';
import { drawStages } from '../prediction/draw-stages.js';
import {
  inputsFromFiles,
  inputsFromTestSet,
  type PredictionInput,
  type UnreadFile,
} from '../prediction/inputs.js';
import { inputsFromData } from '../prediction/inputs-from-data.js';
import type { Prediction } from '../prediction/prediction.js';
import { showError } from '../show-error.js';
import { log, print, printJson } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { terminalOf } from '../terminal/terminal.js';
import { UsageError } from '../usage-error.js';
import type { predict } from './predict.row.js';
import type { FlagsOf } from './row.js';

const NO_DOUBT =
  'has not learned what is no digit: it doubts only answers below 80%. Train it again to change that';

/**
 * `longhand predict [MODEL] FILE…`. A file that cannot be read does not keep the others from being
 * answered: it is named, and the exit code is 2.
 */
export async function predictCommand(
  first: string | undefined,
  others: readonly string[],
  {
    index,
    data,
    seed,
    out,
    probabilities = false,
    without,
    stages = false,
    json,
    quiet = false,
    ...reading
  }: FlagsOf<typeof predict>,
): Promise<ExitCode> {
  const files = first === undefined ? [] : [first, ...others];
  const { model: file, pictures } = await modelAndPictures(files, { needsPictures: false, quiet });
  if (out !== undefined) await checkOut(out, [file, ...pictures, ...(data === undefined ? [] : [data])]);
  const opened = await openModel(file, quiet);
  const wantsAll = out !== undefined || probabilities;
  const ofPictures = predictorOf(opened);
  const steps = stepsWithout(without);
  const { inputs, isTable, taken, features } = await inputsOf(pictures, file, opened, {
    ...{ index, data, seed, wantsAll, steps, reading: { ...reading, quiet } },
    judge: (pixels) => ofPictures.predict(pixels),
  });
  const model = await withColumns(opened, features, file, quiet);
  const { record } = model;
  const predictor = model === opened ? ofPictures : predictorOf(model);
  const judge = createJudge(record);
  if (!quiet && !record.doubt && inputs.some((input) => 'framed' in input)) log(`${file}: ${NO_DOUBT}`);
  const progress = await startProgress({ total: inputs.length, quiet, hasLastLine: false });
  const answers = inputs.map((input, k): Prediction | UnreadFile => {
    progress.update(k, () => `answering: ${count(k)} of ${plural(inputs.length, 'example')}`);
    if ('error' in input) return input;
    const frames = input.framed?.frames ?? [input.pixels];
    const given = Float32Array.from(meanOf(frames.map((pixels) => predictor.predict(pixels))));
    return { input, probabilities: given, digit: argmax(given), ...judge(given, frames) };
  });
  progress.end();
  const unread = answers.flatMap((answer) => ('error' in answer ? [answer] : []));
  const predictions = answers.flatMap((answer) => ('error' in answer ? [] : [answer]));
  if (out !== undefined) {
    await saveModel(
      out,
      new TextEncoder().encode(answerTable(predictions, record, probabilities)),
      'the answers',
    );
    const written = {
      ...{ model: file, out, answers: predictions.length },
      ...(taken && { data: takenAsJson(taken) }),
    };
    if (json) printJson(written);
    else if (!quiet) print(`Saved ${plural(predictions.length, 'answer')} to ${out}`);
  } else if (json && predictions.length > 0) {
    const list = answers.map((answer) => asJson(answer, record));
    printJson(taken ? { model: file, data: takenAsJson(taken), answers: list } : list);
  } else if (isTable) print(answerTable(predictions, record, probabilities).trimEnd());
  else if (quiet) for (const prediction of predictions) print(describePrediction(prediction, record));
  else if (predictions.length > 0) {
    const terminal = terminalOf(process.stdout);
    const drawn = predictions.map((prediction) => [
      ...drawPrediction(prediction, record, terminal),
      ...(stages && prediction.input.framed
        ? ['', ...drawStages(prediction.input.framed, steps, terminal)]
        : []),
    ]);
    print(drawn.map((lines) => lines.join('\n')).join('\n\n'));
  }
  for (const { error } of unread) showError(new DataError(error));
  return unread.length > 0 ? EXIT.bad : EXIT.done;
}

interface Asked {
  readonly index: string | undefined;
  readonly data: string | undefined;
  readonly seed: number | undefined;
  /** Whether every example is to be answered, and not only one at random. */
  readonly wantsAll: boolean;
  /** The steps of framing pictures that are left out are false. */
  readonly steps: FrameSteps;
  readonly reading: ReadingFlags;
  /** The network, which tells digits from what is none. */
  readonly judge: Judge;
}

interface Questions {
  readonly inputs: (PredictionInput | UnreadFile)[];
  /** Whether the answers make a table. */
  readonly isTable: boolean;
  /** What was taken from the files of `--data`. */
  readonly taken: Taken | undefined;
  /** Of a table: its columns. */
  readonly features: readonly Feature[] | undefined;
}

/** The steps of framing, with those of `--without` left out: `marks,even`. */
function stepsWithout(without = ''): FrameSteps {
  const names = FRAME_STEPS.map(({ name }) => name);
  const left = without.split(',').filter(Boolean);
  for (const name of left) {
    if (names.some((known) => known === name)) continue;
    throw new UsageError(`--without ${without}: expected some of ${names.join(', ')}`);
  }
  return Object.fromEntries(left.map((name) => [name, false]));
}

/** What is to be answered. */
async function inputsOf(
  pictures: readonly string[],
  file: string,
  model: ModelFile,
  { index, data, seed, wantsAll, steps, reading, judge }: Asked,
): Promise<Questions> {
  if (data !== undefined && index === undefined && pictures.length === 0) {
    const { inputs, isLabeled, ...read } = await inputsFromData(data, file, model, reading);
    if (!isLabeled || wantsAll) return { inputs, isTable: true, ...read };
    const random = createRandom(seed ?? (settingNamed('seed').default as number), 'question');
    return { inputs: [inputs[random.below(inputs.length)]!], isTable: false, ...read };
  }
  const fromFiles = await inputsFromFiles(pictures, file, model.record, steps, judge);
  const test = await inputsFromTestSet(
    { index, data, seed, wantsAll, pictures: pictures.length, reading },
    file,
    model,
  );
  const { taken, features } = test;
  return { inputs: [...fromFiles, ...test.inputs], isTable: wantsAll, taken, features };
}

function asJson(answer: Prediction | UnreadFile, { classNames }: ModelRecord) {
  if ('error' in answer) return answer;
  const { input, digit, probabilities, confidence, doubt } = answer;
  const { pixels: _, framed: __, ...named } = input;
  return {
    ...named,
    digit,
    class: classNames[digit],
    probabilities: [...probabilities],
    confidence,
    doubt: doubt ?? null,
  };
}
