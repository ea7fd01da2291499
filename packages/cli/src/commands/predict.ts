import { createPredictor } from '@longhand/core/engine';
import { argmax } from '@longhand/core/maths';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { describePrediction, drawPrediction } from '../prediction/draw-prediction.js';
import { inputsFromFiles, inputsFromTestSet } from '../prediction/inputs.js';
import type { Prediction } from '../prediction/prediction.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import type { predict } from './predict.row.js';
import type { FlagsOf } from './row.js';

/**
 * `longhand predict MODEL FILE…`. It reads all pictures first, so that a bad one is reported at
 * once.
 */
export async function predictCommand(
  file: string,
  pictures: readonly string[],
  { index, data, seed, json, quiet }: FlagsOf<typeof predict>,
): Promise<ExitCode> {
  const model = await openModel(file);
  const inputs = [
    ...(await inputsFromFiles(pictures, file, model.record)),
    ...(await inputsFromTestSet({ index, data, seed, pictures: pictures.length }, file, model)),
  ];
  const predictor = createPredictor(model.network, model.record);
  const predictions = inputs.map((input): Prediction => {
    const probabilities = predictor.predict(input.pixels);
    return { input, probabilities, digit: argmax(probabilities) };
  });
  if (json) {
    printJson(
      predictions.map(({ input: { pixels: _, ...named }, digit, probabilities }) => ({
        ...named,
        digit,
        class: model.record.classNames[digit],
        probabilities: [...probabilities],
      })),
    );
    return EXIT.done;
  }
  const terminal = terminalOf(process.stdout);
  const { record } = model;
  if (quiet) print(predictions.map((prediction) => describePrediction(prediction, record)).join('\n'));
  else
    print(
      predictions.map((prediction) => drawPrediction(prediction, record, terminal).join('\n')).join('\n\n'),
    );
  return EXIT.done;
}
