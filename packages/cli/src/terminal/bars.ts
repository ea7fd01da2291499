import { percent } from '@longhand/core/text';
import { clip, padBefore, painter, widthOf } from './paint.js';
import type { Terminal } from './terminal.js';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A fraction (0–1) as a bar of at most `width` characters, exact to an eighth of a character. */
export function bar(share: number, width: number, unicode: boolean): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  if (!unicode) return '#'.repeat(Math.round(eighths / 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

const [NARROWEST_BAR, WIDEST_BAR] = [4, 40];
/** With more classes than this, only the most likely are shown. */
const MAX_CLASSES = 16;
const LIKELIEST = 10;
const WIDEST_NAME = 24;
const FIGURE = 6;

/**
 * Each class with its probability: one line with name, number and bar, at most `width` columns
 * wide. The answer is highlighted. With many classes, the most likely ones.
 */
export function probabilityBars(
  probabilities: ArrayLike<number>,
  classNames: readonly string[],
  { answer, width, terminal }: { answer: number; width: number; terminal: Terminal },
): string[] {
  const paint = painter(terminal);
  const classes = [...classNames.keys()];
  const shown =
    classes.length > MAX_CLASSES
      ? classes.sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, LIKELIEST)
      : classes;
  const widest = Math.max(...shown.map((c) => Math.min(WIDEST_NAME, widthOf(classNames[c]!))));
  const room = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, width - widest - FIGURE - 2));
  return shown.map((c) => {
    const share = probabilities[c]!;
    const name = padBefore(clip(classNames[c]!, WIDEST_NAME), widest);
    const line = `${name} ${percent(share, 1).padStart(FIGURE)} ${bar(share, room, terminal.unicode)}`;
    if (c === answer) return paint('bold', paint('green', line.trimEnd()));
    return share < 0.0005 ? paint('dim', line.trimEnd()) : line;
  });
}
