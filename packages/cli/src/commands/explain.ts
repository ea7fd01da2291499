import type { ModelFile } from '@longhand/core';
import { oneHot } from '@longhand/core/data';
import { explain, formatReference, parseReference, writeOut } from '@longhand/core/explain';
import { backward, forward, matrix } from '@longhand/core/maths';
import { settingNamed } from '@longhand/core/settings';
import { takenAsJson } from '../data/announce.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { drawExplanation } from '../explanation/draw-explanation.js';
import { openModel } from '../model/open-model.js';
import { withColumns } from '../model/with-columns.js';
import { inputsFromTestSet, type PredictionInput } from '../prediction/inputs.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import type { explain as explainRow } from './explain.row.js';
import type { FlagsOf } from './row.js';

/** `longhand explain MODEL ENTRY`: how one number of one iteration is computed. */
export async function explainCommand(
  file: string,
  entry: string,
  { index, data, alpha: given, seed, json, quiet, ...reading }: FlagsOf<typeof explainRow>,
): Promise<ExitCode> {
  const opened = await openModel(file, quiet);
  const reference = parseReference(entry, opened.network);
  const alpha = given ?? learningRateOf(opened);
  const { inputs, taken, features } = await inputsFromTestSet(
    { index, data, seed, pictures: 0, reading: { ...reading, ...(quiet && { quiet }) } },
    file,
    opened,
  );
  const model = await withColumns(opened, features, file, quiet);
  const { network } = model;
  const { X, Y } = columnsOf(inputs, model);
  const computed = forward(network, X);
  const gradients = backward(network, computed, Y);
  const explanation = explain(network, { X, Y, alpha, computed, gradients }, reference);
  if (json) {
    printJson({
      model: file,
      entry: formatReference(explanation.reference),
      examples: inputs.map(({ index, label }) => ({ index, label })),
      written: writeOut(explanation),
      ...(taken && { data: takenAsJson(taken) }),
      explanation,
    });
  } else if (quiet) print(writeOut(explanation));
  else {
    const drawing = { explanation, inputs, model, X, gradients, terminal: terminalOf(process.stdout) };
    print(drawExplanation(drawing).join('\n'));
  }
  return EXIT.done;
}

/** The learning rate that the model was trained with or, if it is not known, the default. */
function learningRateOf({ record }: ModelFile): number {
  const { alpha } = record.settings;
  return typeof alpha === 'number' ? alpha : (settingNamed('alpha').default as number);
}

/** X (n₀ × m) and Y (n_L × m), one example per column. */
function columnsOf(inputs: readonly PredictionInput[], { record }: ModelFile) {
  const { width, height, pixelScale, classNames } = record;
  const m = inputs.length;
  const X = matrix(width * height, m);
  for (const [j, { pixels }] of inputs.entries()) {
    for (const [i, byte] of pixels.entries()) X.data[i * m + j] = byte * pixelScale;
  }
  const labels = inputs.map(({ label }) => label!);
  return { X, Y: oneHot(labels, classNames.length) };
}
