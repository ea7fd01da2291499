import { widthOf } from './paint.js';
import type { Terminal } from './terminal.js';
import { wrap } from './wrap.js';

/** What stands for a character where only ASCII is shown. */
const ASCII: Readonly<Record<string, string>> = {
  ...{ '→': '->', '←': '<-', '↑': '^', '↓': 'v', '…': '...', '–': '-', '—': '-', '−': '-', '·': '*' },
  ...{ '×': 'x', '≤': '<=', '≥': '>=', '≈': '~', '±': '+-', '∞': 'inf', '√': 'sqrt', '°': ' deg' },
  ...{ '’': "'", '‘': "'", '“': '"', '”': '"', '′': "'", '⊙': '.*', '∂': 'd', Σ: 'sum', '∑': 'sum' },
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', λ: 'lambda', μ: 'mu', σ: 'sigma' },
  ...{ '╲': '\\', '│': '|', '─': '-', '█': '#', '▓': '#', '▒': ':', '░': '.', '•': '*', '∈': 'in' },
};
/** Frames of tables. */
const CORNERS = /[\u2500-\u257f]/;
/** Characters that could move the cursor or change the terminal. Line breaks stay. */
const CONTROL = /(?!\n)\p{Cc}/gu;
/** Colors and styles, which the command itself writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches the escape character on purpose
const STYLE = /(\x1b\[[0-9;]*m)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const STYLES = /\x1b\[[0-9;]*m/g;

/** Spaces and a short word before a gap, which may be styled. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const START = /^( *(?:(?:(?:\x1b\[[0-9;]*m)*[^\s\x1b]){1,10}(?:\x1b\[[0-9;]*m)* {2,})?)(.*)$/;

/**
 * A text as a terminal can show it. Control characters, as in the name of a class or a file, become
 * `?`; where only ASCII is shown, other characters are written with it; and sentences that are longer
 * than a line are broken between words.
 */
export function plainText(text: string, { unicode, colors, columns }: Terminal): string {
  const clean = text
    .split(STYLE)
    // The styles are at the odd places.
    .map((part, k) => (k % 2 === 0 ? part.replace(CONTROL, '?') : colors === 'none' ? '' : part))
    .join('');
  const shown = unicode ? clean : inAscii(clean);
  if (columns === undefined) return shown;
  return shown
    .split('\n')
    .flatMap((line) => broken(line, columns))
    .join('\n');
}

function inAscii(text: string): string {
  return Array.from(text, (character) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: styles are kept
    if (/[\x00-\x7f]/.test(character)) return character;
    const known = ASCII[character] ?? (CORNERS.test(character) ? '+' : undefined);
    if (known !== undefined) return known;
    // Letters without their accents, raised and lowered digits as digits.
    const letters = character.normalize('NFKD').replace(/\p{M}/gu, '');
    return /^[ -~]+$/.test(letters) ? letters : '?';
  }).join('');
}

/**
 * A sentence in lines of so many columns, with its indentation or below the word that stands before
 * it. Tables and drawings, which have gaps, stay as they are, and so do command lines to copy.
 */
function broken(line: string, columns: number): string[] {
  const [, start, words] = START.exec(line)!;
  const hasGaps = /\S {2,}\S/.test(words!.replaceAll(STYLES, ''));
  if (widthOf(line) <= columns || hasGaps || /^ +longhand /.test(line)) return [line];
  const indent = Math.min(widthOf(start!), Math.floor(columns / 2));
  return wrap(words!, Math.max(1, columns - indent)).map((part, k) =>
    k === 0 ? start! + part : ' '.repeat(indent) + part,
  );
}
