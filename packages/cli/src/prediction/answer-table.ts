import type { ModelRecord } from '@longhand/core';
import type { Prediction } from './prediction.js';

/**
 * Answers as a CSV file, in the form of Kaggle's competitions: `ImageId,Label`, counted from 1. Of
 * pictures in files, the first column is the file: `File,Label`.
 *
 * @param hasProbabilities whether a column for each class follows, called as the class
 */
export function answerTable(
  predictions: readonly Prediction[],
  { classNames }: Pick<ModelRecord, 'classNames'>,
  hasProbabilities: boolean,
): string {
  const isOfFiles = predictions.some(({ input }) => input.file !== undefined);
  const header = [isOfFiles ? 'File' : 'ImageId', 'Label', ...(hasProbabilities ? classNames : [])];
  const rows = predictions.map(({ input, digit, probabilities }) => [
    input.file ?? String(input.index! + 1),
    classNames[digit]!,
    ...(hasProbabilities ? Array.from(probabilities, written) : []),
  ]);
  return `${[header, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`;
}

/** Enough digits to tell any two answers apart, and no exponents, which some programs read as text. */
function written(probability: number): string {
  return probability.toFixed(7).replace(/\.?0+$/, '');
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
