// Turns the contents of a terminal into an SVG for the README:
//   tmux capture-pane -e -p | node scripts/terminal-picture.js TITLE > docs/train.svg
// It understands what the command prints: colors, bold, half blocks. Text stays text.
import { readFileSync } from 'node:fs';

const CELL = { width: 8.4, height: 17 };
const MARGIN = 16;
const PAPER = '#16191d';
const INK = '#d7dce2';
const PALETTE = ['#16191d', '#e06c75', '#7fbf7f', '#e5b567', '#6aa5e8', '#c586c0', '#56b6c2', '#d7dce2'];
const BRIGHT = ['#7d8590', '#ff7b86', '#98d998', '#ffd479', '#8cc2ff', '#dfa3dd', '#7fd7e0', '#ffffff'];

/** A color code or a character. Codes begin with the escape character. */
const TOKEN = new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m|(.)`, 'gu');

/**
 * The cells of every line. Each is a character with its colors, which stay the same until a code
 * changes them.
 */
function cellsOf(text) {
  let style = {};
  return text.split('\n').map((line) => {
    const cells = [];
    for (const [, codes, character] of line.matchAll(TOKEN)) {
      if (character === undefined) style = restyled(style, codes.split(';').map(Number));
      else cells.push({ character, ...style });
    }
    return cells;
  });
}

function restyled(style, codes) {
  const next = { ...style };
  for (let k = 0; k < codes.length; k++) {
    const code = codes[k];
    if (code === 0) for (const key of Object.keys(next)) delete next[key];
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 22) {
      delete next.bold;
      delete next.dim;
    } else if (code === 39) delete next.front;
    else if (code === 49) delete next.back;
    else if (code === 38 || code === 48) {
      const [color, used] = extendedColor(codes.slice(k + 1));
      next[code === 38 ? 'front' : 'back'] = color;
      k += used;
    } else if (code >= 30 && code < 38) next.front = PALETTE[code - 30];
    else if (code >= 40 && code < 48) next.back = PALETTE[code - 40];
    else if (code >= 90 && code < 98) next.front = BRIGHT[code - 90];
  }
  return next;
}

function extendedColor([kind, ...rest]) {
  if (kind === 2)
    return [
      `#${rest
        .slice(0, 3)
        .map((part) => part.toString(16).padStart(2, '0'))
        .join('')}`,
      4,
    ];
  const [n] = rest;
  if (n >= 232)
    return [
      `rgb(${Array(3)
        .fill(8 + 10 * (n - 232))
        .join()})`,
      2,
    ];
  if (n < 16) return [(n < 8 ? PALETTE : BRIGHT)[n % 8], 2];
  const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = n - 16;
  return [`rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level).join()})`, 2];
}

/** Neighboring cells of the same style become one element. */
function drawLine(cells, row) {
  const y = MARGIN + row * CELL.height;
  const drawn = [];
  for (let from = 0; from < cells.length; ) {
    const first = cells[from];
    let to = from + 1;
    while (to < cells.length && sameStyle(cells[to], first)) to++;
    const x = MARGIN + from * CELL.width;
    const span = (to - from) * CELL.width;
    const rect = (color, top, tall) =>
      drawn.push(
        `<rect x="${round(x)}" y="${round(top)}" width="${round(span + 0.2)}" height="${round(tall + 0.2)}" fill="${color}"/>`,
      );
    if (first.character === '▀') {
      rect(first.front ?? INK, y, CELL.height / 2);
      rect(first.back ?? PAPER, y + CELL.height / 2, CELL.height / 2);
    } else {
      if (first.back) rect(first.back, y, CELL.height);
      const text = cells
        .slice(from, to)
        .map(({ character }) => character)
        .join('');
      if (text.trim()) {
        const weight = first.bold ? ' font-weight="bold"' : '';
        const faint = first.dim ? ' opacity="0.6"' : '';
        drawn.push(
          `<text x="${round(x)}" y="${round(y + 13)}" fill="${first.front ?? INK}" textLength="${round(span)}" xml:space="preserve"${weight}${faint}>${escaped(text)}</text>`,
        );
      }
    }
    from = to;
  }
  return drawn;
}

function sameStyle(a, b) {
  const block = (cell) => cell.character === '▀';
  return (
    a.front === b.front && a.back === b.back && a.bold === b.bold && a.dim === b.dim && block(a) === block(b)
  );
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value) {
  return Number(value.toFixed(1));
}

const [title = 'A terminal'] = process.argv.slice(2);
const lines = cellsOf(readFileSync(0, 'utf8').trimEnd());
const columns = Math.max(...lines.map((cells) => cells.length));
const width = columns * CELL.width + 2 * MARGIN;
const height = lines.length * CELL.height + 2 * MARGIN;
process.stdout.write(
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>`,
    ...lines.flatMap(drawLine),
    '</svg>',
    '',
  ].join('\n'),
);
