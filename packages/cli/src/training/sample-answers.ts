import { createRandom, type Dataset, type Evaluation, permutation } from '@longhand/core';
import { painter } from '../terminal/paint.js';
import { drawPicture, halved, inkPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import type { Terminal } from '../terminal/terminal.js';

const GAP = 2;
/** Of the pictures shown, this share are mistakes, as far as there are any: they teach more. */
const MISTAKES_SHARE = 0.4;

/** A row of pictures with what the network made of them: some it got right, then its surest mistakes. */
export function drawSampleAnswers(
  dataset: Dataset,
  { mistakes }: Evaluation,
  { seed, terminal }: { seed: number; terminal: Terminal },
): string[] {
  const size = Math.ceil(dataset.width / 2);
  const fit = Math.max(1, Math.floor((Math.min(terminal.width - 1, 120) + GAP) / (size + GAP)));
  const wrong = mistakes.slice(0, Math.round(fit * MISTAKES_SHARE));
  const isWrong = new Set(mistakes.map(({ index }) => index));
  const right = [...permutation(dataset.length, createRandom(seed, 'sample answers'))]
    .filter((index) => !isWrong.has(index))
    .slice(0, fit - wrong.length)
    .map((index) => ({ index, answer: dataset.label(index), label: dataset.label(index) }));
  const paint = painter(terminal);
  const blocks = [...right, ...wrong].map(({ index, answer, label }) => {
    const picture = halved(inkPicture(dataset.pixels(index), dataset.width, dataset.height));
    const [name, truth] = [dataset.classNames[answer]!, dataset.classNames[label]!];
    const caption =
      answer === label ? paint('green', `read as ${name}`) : paint('red', `${truth} read as ${name}`);
    return [...drawPicture(picture, terminal), caption, paint('dim', `test ${index}`)];
  });
  return sideBySide(blocks, { width: terminal.width, gap: GAP });
}
