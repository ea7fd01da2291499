import type { Columns } from './page-passes.js';
import { thinRuns } from './passes.js';

/** A thin stroke across columns: the pixels from `top` to `bottom` of one column each. */
interface Track {
  readonly runs: { readonly x: number; readonly top: number; readonly bottom: number }[];
  /** The last column, and the middle of the line in it. */
  x: number;
  y: number;
  /** Pixels down for each across. */
  slope: number;
}

/** What counts as a printed line, in pixels. */
export interface LongLines {
  /** A line is at least this long … */
  readonly length: number;
  /** … and at most this thick. */
  readonly thickness: number;
}

/** Of a line's columns, at least this share shows it; in the others, a stroke crosses it. */
const COVERED = 0.55;
/** So many thicknesses of a line may be missing at a time. */
const GAP = 6;
/** Lines lean no more than this. */
const STEEPEST = 0.35;

/**
 * Removes thin long lines from a mask, across and down: ruled and squared paper, margins, borders of tables. They may
 * lean and bend, as in a photo. A line is followed from column to column along its thin vertical runs, as staff lines
 * are in music (Fujinaga 2004, "Staff detection and removal"); where a stroke crosses it, the run is
 * long and stays.
 *
 * @param mask changed in place: 1 for ink
 * @returns how many lines were removed
 */
export function removeLongLines(mask: Uint8Array, width: number, height: number, limits: LongLines): number {
  const across = followLines({ mask, length: width, step: 1, count: height, next: width }, limits);
  const down = followLines({ mask, length: height, step: width, count: width, next: 1 }, limits);
  for (const erase of [...across, ...down]) erase();
  return across.length + down.length;
}

/** Finds lines; each is erased by its function. */
function followLines(reading: Columns, { length, thickness }: LongLines): (() => void)[] {
  const gap = Math.max(4, GAP * thickness);
  const found: Track[] = [];
  const runs = thinRuns(reading, thickness);
  let at = 0;
  let active: Track[] = [];
  for (let x = 0; x < reading.length; x++) {
    const going: Track[] = [];
    for (const track of active) {
      if (x - track.x <= gap) going.push(track);
      else if (isLine(track, length)) found.push(track);
    }
    active = going;
    for (; runs[at] === x; at += 3) {
      const run = { x, top: runs[at + 1]!, bottom: runs[at + 2]! };
      const y = (run.top + run.bottom) / 2;
      let [best, least] = [undefined as Track | undefined, Number.POSITIVE_INFINITY];
      for (const track of active) {
        const distance = x - track.x;
        if (distance === 0) continue;
        const off = Math.abs(track.y + track.slope * distance - y);
        if (off < least && off <= 1.2 + 0.06 * distance) [best, least] = [track, off];
      }
      if (best) follow(best, run, y);
      else active.push({ runs: [run], x, y, slope: 0 });
    }
  }
  for (const track of active) if (isLine(track, length)) found.push(track);
  return found.map((track) => () => eraseLine(reading, track));
}

/** The slope is that of the last columns, so that a line may bend. */
function follow(track: Track, run: Track['runs'][number], y: number): void {
  track.runs.push(run);
  const before = track.runs[Math.max(0, track.runs.length - 30)]!;
  track.x = run.x;
  track.y += 0.5 * (y - track.y) + 0.5 * track.slope;
  if (track.runs.length > 8) {
    track.slope = (y - (before.top + before.bottom) / 2) / (run.x - before.x);
  }
}

function isLine({ runs }: Track, length: number): boolean {
  const [first, last] = [runs[0]!, runs.at(-1)!];
  const span = last.x - first.x + 1;
  const lean = Math.abs(last.top - first.top) / span;
  return span >= length && runs.length >= COVERED * span && lean <= STEEPEST;
}

/** Erases its runs, with soft edges where no stroke goes on. */
function eraseLine({ mask, count, step, next }: Columns, { runs }: Track): void {
  for (const { x, top, bottom } of runs) {
    for (let y = Math.max(0, top); y <= Math.min(count - 1, bottom); y++) mask[x * step + y * next] = 0;
  }
}
