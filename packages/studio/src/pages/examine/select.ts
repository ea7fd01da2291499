import type { Answers } from './answers.js';
import type { Filter, Order } from './filter.js';

/** What a filter needs of the digits. Without a network's answers, only the labels count. */
export type Sortable = Pick<Answers, 'labels'> & Partial<Pick<Answers, 'answers' | 'confidences' | 'losses'>>;

/**
 * More than the number of digits, and small enough that a double holds 32 bits times this exactly.
 */
const PLACES = 2 ** 21;

/** The indices of the digits that pass a filter, sorted. Equal ones keep the order of the set. */
export function select(digits: Sortable, filter: Filter, order: Order): Uint32Array {
  const passing = pass(digits, filter);
  const { confidences, losses } = digits;
  if (order === 'set' || !confidences || !losses) return passing;
  return sortBy(passing, order === 'loss' ? losses : confidences, order !== 'unsure');
}

function pass({ labels, answers, confidences }: Sortable, filter: Filter): Uint32Array {
  const { label, answer, verdict, from, to } = filter;
  const passing = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    if (label !== undefined && labels[i] !== label) continue;
    if (answers && confidences) {
      if (answer !== undefined && answers[i] !== answer) continue;
      if (verdict && (answers[i] === labels[i]) !== (verdict === 'right')) continue;
      const percent = 100 * confidences[i]!;
      if (percent > to || (from > 0 && percent <= from)) continue;
    }
    passing[count++] = i;
  }
  return passing.slice(0, count);
}

/**
 * Sorts by values that are not negative, a hundred times as fast as by a comparing function: such
 * floats have the order of their bits, so one number holds value and place, and numbers sort by
 * themselves.
 */
function sortBy(places: Uint32Array, values: Float32Array, falling: boolean): Uint32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const keys = Float64Array.from(places, (place, k) => {
    const value = falling ? 0xffffffff - bits[place]! : bits[place]!;
    return value * PLACES + k;
  });
  keys.sort();
  return Uint32Array.from(keys, (key) => places[key % PLACES]!);
}
