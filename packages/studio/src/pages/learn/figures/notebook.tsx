import { BiasSums } from './bias-sums.js';
import { NotebookLines } from './notebook-lines.js';
import { NotebookMistakes } from './notebook-mistakes.js';

export const figures = {
  ...{ 'notebook-lines': NotebookLines, 'notebook-mistakes': NotebookMistakes, 'bias-sums': BiasSums },
};
