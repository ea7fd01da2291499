import { percent } from './figures.js';
import { painter } from './paint.js';
import type { Terminal } from './terminal.js';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A share of 0–1 as a bar of at most `width` characters, to an eighth of a character. */
export function bar(share: number, width: number, unicode: boolean): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  if (!unicode) return '#'.repeat(Math.round(eighths / 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/** Each class with its probability: a line of name, figure, bar; the answer stands out. */
export function probabilityBars(
  probabilities: ArrayLike<number>,
  classNames: readonly string[],
  { answer, width, terminal }: { answer: number; width: number; terminal: Terminal },
): string[] {
  const paint = painter(terminal);
  const widest = Math.max(...classNames.map((name) => name.length));
  return classNames.map((name, c) => {
    const share = probabilities[c]!;
    const line = `${name.padStart(widest)} ${percent(share, 1).padStart(6)} ${bar(share, width, terminal.unicode)}`;
    if (c === answer) return paint('bold', paint('green', line.trimEnd()));
    return share < 0.0005 ? paint('dim', line.trimEnd()) : line;
  });
}
