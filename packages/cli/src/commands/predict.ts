import { DataError, type ModelRecord } from '@longhand/core';
import { createPredictor } from '@longhand/core/engine';
import { doubtOf } from '@longhand/core/evaluation';
import { argmax } from '@longhand/core/maths';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { describePrediction, drawPrediction } from '../prediction/draw-prediction.js';
import { inputsFromFiles, inputsFromTestSet, type UnreadFile } from '../prediction/inputs.js';
import type { Prediction } from '../prediction/prediction.js';
import { showError } from '../show-error.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import type { predict } from './predict.row.js';
import type { FlagsOf } from './row.js';

/**
 * `longhand predict MODEL FILE…`. A file that cannot be read does not keep the others from being
 * answered: it is named, and the exit code is 2.
 */
export async function predictCommand(
  file: string,
  pictures: readonly string[],
  { index, data, seed, json, quiet }: FlagsOf<typeof predict>,
): Promise<ExitCode> {
  const model = await openModel(file, quiet);
  const { network, record } = model;
  const inputs = [
    ...(await inputsFromFiles(pictures, file, record)),
    ...(await inputsFromTestSet({ index, data, seed, pictures: pictures.length }, file, model)),
  ];
  const predictor = createPredictor(network, record);
  const answers = inputs.map((input): Prediction | UnreadFile => {
    if ('error' in input) return input;
    const probabilities = predictor.predict(input.pixels);
    const doubt = doubtOf(probabilities, record.classNames);
    return { input, probabilities, digit: argmax(probabilities), doubt };
  });
  const unread = answers.flatMap((answer) => ('error' in answer ? [answer] : []));
  const predictions = answers.flatMap((answer) => ('error' in answer ? [] : [answer]));
  if (json && predictions.length > 0) printJson(answers.map((answer) => asJson(answer, record)));
  else if (quiet) for (const prediction of predictions) print(describePrediction(prediction, record));
  else if (predictions.length > 0) {
    const terminal = terminalOf(process.stdout);
    print(
      predictions.map((prediction) => drawPrediction(prediction, record, terminal).join('\n')).join('\n\n'),
    );
  }
  for (const { error } of unread) showError(new DataError(error));
  return unread.length > 0 ? EXIT.bad : EXIT.done;
}

function asJson(answer: Prediction | UnreadFile, { classNames }: ModelRecord) {
  if ('error' in answer) return answer;
  const { input, digit, probabilities, doubt } = answer;
  const { pixels: _, ...named } = input;
  return {
    ...named,
    digit,
    class: classNames[digit],
    probabilities: [...probabilities],
    doubt: doubt ?? null,
  };
}
