// How well digits on pages are found and read: on pages composed from digits of MNIST, whose places are known.
import { createPredictor } from '@longhand/core/engine';
import { createRandom } from '@longhand/core/maths';
import { findDigits } from '@longhand/core/pages';
import { CONTENTS, composePage, PAPERS } from './compose-page.js';

/** Two boxes that share at least this of what they cover together are the same digit. */
const SAME = 0.5;

/**
 * @param digits a Dataset that no setting was chosen on
 * @param model what loadModel gives
 * @param pages how many for each kind
 * @returns a row of counts for each kind, and their sum
 */
export function measurePages(digits, model, { pages, seed, touching = 0.1, tell = () => undefined }) {
  const predictor = createPredictor(model.network, model.record);
  const judge = (pixels) => predictor.predict(pixels);
  const rows = [];
  for (const content of CONTENTS) {
    for (const paper of PAPERS) {
      for (const isPhoto of [false, true]) {
        const row = { content, paper, isPhoto, ...empty() };
        for (let k = 0; k < pages; k++) {
          const random = createRandom(seed + k, `${content} ${paper} ${isPhoto}`);
          const page = composePage(digits, random, { content, paper, isPhoto, touching });
          const counts = countOn(page, judge);
          for (const name of Object.keys(counts)) row[name] += counts[name];
          tell({ row, k, page, counts });
        }
        rows.push(row);
      }
    }
  }
  const sum = empty();
  for (const row of rows) for (const name of Object.keys(sum)) sum[name] += row[name];
  return { rows, sum };
}

function empty() {
  return { digits: 0, found: 0, touching: 0, touchingRight: 0, apart: 0, apartRight: 0, extra: 0, missed: 0 };
}

/** Compares what is written with what is found. */
function countOn({ picture, lines }, judge) {
  let found = [];
  try {
    found = findDigits(picture, 'the page', judge).lines.flat();
  } catch {
    // A page on which nothing is found: every digit counts as missed.
  }
  return compare(
    lines,
    found.filter(({ sign }) => sign === undefined),
  );
}

/** Compares the digits of lines with those that were found, in their order. */
function compare(lines, found) {
  const counts = empty();
  const all = lines.flat();
  counts.digits = all.length;
  const matches = [];
  for (const [place, digit] of all.entries()) {
    let [best, most] = [-1, SAME];
    for (const [k, { box }] of found.entries()) {
      const share = shareOf(box, digit.box);
      if (share > most) [best, most] = [k, share];
    }
    const isRight = best >= 0 && argmax(found[best].probabilities) === digit.label;
    counts[digit.isTouching ? 'touching' : 'apart']++;
    if (isRight) counts[digit.isTouching ? 'touchingRight' : 'apartRight']++;
    if (best >= 0) matches.push(best);
    else counts.missed++;
    digit.place = place;
  }
  counts.found = longestRising(matches);
  counts.extra = found.length - new Set(matches).size;
  return counts;
}

function argmax(values) {
  return values.indexOf(Math.max(...values));
}

export function shareOf(a, b) {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (wide <= 0 || high <= 0) return 0;
  return (wide * high) / (a.width * a.height + b.width * b.height - wide * high);
}

/** The length of the longest rising subsequence: how many are in order. */
function longestRising(values) {
  const ends = [];
  for (const value of values) {
    const at = ends.findIndex((end) => end >= value);
    if (at < 0) ends.push(value);
    else ends[at] = value;
  }
  return ends.length;
}
