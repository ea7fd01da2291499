import type { Dataset, Evaluation } from '@longhand/core';
import { createRandom, permutation } from '@longhand/core/maths';
import { clip, painter } from '../terminal/paint.js';
import { drawPicture, fitted, halved, inkPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';

const GAP = 2;
/** Columns for the caption below a small picture. */
const NARROWEST = 14;
/**
 * The fraction of the pictures that shows mistakes, if there are any: one learns more from them.
 */
const MISTAKES_SHARE = 0.4;

/**
 * A row of test pictures with the network's answers: correct ones, then its most confident
 * mistakes.
 */
export function drawSampleAnswers(
  dataset: Dataset,
  { mistakes }: Evaluation,
  { seed, terminal }: { seed: number; terminal: Terminal },
): string[] {
  const room = Math.min(terminal.width - 1, 120);
  const pictureOf = (index: number) =>
    fitted(halved(inkPicture(dataset.pixels(index), dataset.width, dataset.height)), room);
  const size = Math.max(NARROWEST, pictureOf(0).width);
  const fit = Math.max(1, Math.floor((room + GAP) / (size + GAP)));
  const wrong = mistakes.slice(0, Math.round(fit * MISTAKES_SHARE));
  const isWrong = new Set(mistakes.map(({ index }) => index));
  const right = [...permutation(dataset.length, createRandom(seed, 'sample answers'))]
    .filter((index) => !isWrong.has(index))
    .slice(0, fit - wrong.length)
    .map((index) => ({ index, answer: dataset.label(index), label: dataset.label(index) }));
  const paint = painter(terminal);
  const blocks = [...right, ...wrong].map(({ index, answer, label }) => {
    const [name, truth] = [dataset.classNames[answer]!, dataset.classNames[label]!];
    const [style, caption] =
      answer === label
        ? (['green', `read as ${name}`] as const)
        : (['red', `${truth} read as ${name}`] as const);
    return [
      ...drawPicture(pictureOf(index), terminal),
      ...wrap(caption, size).map((line) => paint(style, clip(line, size))),
      paint('dim', `test ${index}`),
    ];
  });
  return sideBySide(blocks, { width: terminal.width, gap: GAP });
}
