import { createPredictor } from '@longhand/core';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import type { Answer } from '../prediction/answer.js';
import { describeAnswer, drawAnswer } from '../prediction/draw-answer.js';
import { questionsFromFiles, questionsFromTestSet } from '../prediction/questions.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import type { predict } from './predict.row.js';
import type { FlagsOf } from './row.js';

/** `longhand predict MODEL FILE…`: all pictures are read before the first is answered, so that a bad one stops all. */
export async function predictCommand(
  file: string,
  pictures: readonly string[],
  { index, data, seed, json, quiet }: FlagsOf<typeof predict>,
): Promise<ExitCode> {
  const model = await openModel(file);
  const questions = [
    ...(await questionsFromFiles(pictures, file, model.record)),
    ...(await questionsFromTestSet({ index, data, seed, pictures: pictures.length }, file, model)),
  ];
  const predictor = createPredictor(model.network, model.record);
  const answers = questions.map((question): Answer => {
    const probabilities = predictor.predict(question.pixels);
    return { question, probabilities, digit: probabilities.indexOf(Math.max(...probabilities)) };
  });
  if (json) {
    printJson(
      answers.map(({ question: { pixels: _, ...named }, digit, probabilities }) => ({
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
  if (quiet) print(answers.map((answer) => describeAnswer(answer, record)).join('\n'));
  else print(answers.map((answer) => drawAnswer(answer, record, terminal).join('\n')).join('\n\n'));
  return EXIT.done;
}
