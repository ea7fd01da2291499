import type { Mark, Point, Stamp } from './ink.js';

/** Points lie on eighths of the pad's units, so that an address contains them exactly. */
const EIGHTHS = 8;
/** Longest text of a drawing in an address. A longer drawing is left out. */
const LONGEST = 6000;
/** A coordinate is a number of two digits in this base. */
const BASE = 36;

/** The nearest point that an address can contain. */
export function onGrid({ x, y }: Point): Point {
  return { x: Math.round(EIGHTHS * x) / EIGHTHS, y: Math.round(EIGHTHS * y) / EIGHTHS };
}

/**
 * Marks as text, with dots between them. `d115` is test digit 115. `s10-0a2f…` is a stroke ten
 * units wide; each point has two digits for x and two for y, in eighths of a unit, in base 36.
 *
 * @returns `undefined` if there are no marks, or too many
 */
export function encodeMarks(marks: readonly Mark[]): string | undefined {
  const text = marks
    .map((mark) => {
      if (mark.kind === 'stamp') return `d${mark.index}`;
      return `s${mark.width}-${mark.points.map(({ x, y }) => coordinate(x) + coordinate(y)).join('')}`;
    })
    .join('.');
  return text.length > 0 && text.length <= LONGEST ? text : undefined;
}

/**
 * Reads marks from text and skips what it cannot read. `stampOf` finds a test digit by its index.
 */
export function decodeMarks(text: string, stampOf: (index: number) => Stamp | undefined): Mark[] {
  return text.split('.').flatMap((part): Mark[] => {
    const stamp = /^d(\d{1,5})$/.exec(part);
    if (stamp) return [stampOf(Number(stamp[1]))].filter((found) => found !== undefined);
    const stroke = /^s(\d{1,2})-((?:[0-9a-z]{4})+)$/.exec(part);
    if (!stroke) return [];
    const points = stroke[2]!.match(/.{4}/g)!.map((four) => ({
      x: Number.parseInt(four.slice(0, 2), BASE) / EIGHTHS,
      y: Number.parseInt(four.slice(2), BASE) / EIGHTHS,
    }));
    return [{ kind: 'stroke', width: Number(stroke[1]), points }];
  });
}

function coordinate(value: number): string {
  return Math.round(EIGHTHS * value)
    .toString(BASE)
    .padStart(2, '0');
}
