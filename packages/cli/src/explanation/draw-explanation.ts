import { type Explanation, type WrittenOut, writeSteps } from '@longhand/core/explain';
import { painter, widthOf } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import { contributionsOf } from './contributions.js';
import { drawContributions } from './draw-contributions.js';
import { drawPixels, type PixelSource } from './draw-pixels.js';
import { examplesInWords, nameInWords } from './name-in-words.js';

/** Columns. Longer lines of an equation are hard to read. */
const WIDEST = 119;

/** The number in words, as an equation, as a table of its terms, and as pictures. */
export function drawExplanation({
  explanation,
  terminal,
  ...source
}: PixelSource & { readonly explanation: Explanation; readonly terminal: Terminal }): string[] {
  const { model, inputs } = source;
  const { reference, value } = explanation;
  const name = nameInWords(explanation, model.network, model.record);
  const examples = examplesInWords(reference, inputs, model.record);
  const width = Math.min(WIDEST, terminal.width - 1);
  const contributions = contributionsOf(explanation, inputs, model.record);
  const parts = [
    [...wrap(`${name} for ${examples}:`, width), painter(terminal)('bold', String(value).replace('-', '−'))],
    drawEquation(writeSteps(explanation), width),
    contributions && contributions.terms.length > 0 ? drawContributions(contributions, terminal) : [],
    drawPixels(reference, source, terminal),
  ];
  return parts.filter((part) => part.length > 0).flatMap((part, k) => (k > 0 ? ['', ...part] : part));
}

/** One line for each step, with aligned equals signs. */
function drawEquation({ name, relation, steps }: WrittenOut, width: number): string[] {
  const next = `${' '.repeat(widthOf(name))} ${'='.padStart(relation.length)} `;
  const hanging = ' '.repeat(next.length);
  return steps.flatMap((step, k) =>
    wrap(step, width - hanging.length).map((line, part) => {
      if (part > 0) return hanging + line;
      return (k === 0 ? `${name} ${relation} ` : next) + line;
    }),
  );
}
