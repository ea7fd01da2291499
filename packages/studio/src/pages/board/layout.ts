import { type EntryLayout, foldedOf, gridOf, picturesOf } from '../../components/entry-layout.js';
import { type Iteration, SHOWN_EXAMPLES } from '../../computations/cycle.js';
import type { Name } from './steps.js';

/** A longer vector is folded. */
const LONGEST_STRIP = 16;
/** Entries in a line of a folded vector. */
const FOLDED_ACROSS = 8;

/** How a quantity is laid out, and its largest size on the page, in CSS pixels. */
export interface TileLayout {
  readonly layout: EntryLayout;
  readonly width: number;
  readonly height: number;
}

/** Side of a square of a vector, in CSS pixels: half a square of the paper. */
const SQUARE = 10;

/** How many pictures stand in a line. */
function acrossFor(count: number): number {
  if (count <= 5) return count;
  if (count <= 12) return Math.ceil(count / 2);
  return Math.ceil(Math.sqrt(2.5 * count));
}

/**
 * The layout of a quantity of an iteration.
 *
 * @param first the first example that is drawn
 */
export function layoutOf(
  { network, m, examples }: Iteration,
  { quantity, layer }: Name,
  first: number,
): TileLayout {
  const { width, height } = examples.dataset;
  const shown = Math.min(m, SHOWN_EXAMPLES);
  if (quantity === 'X') {
    const across = shown <= 1 ? 1 : shown <= 4 ? 2 : 4;
    return fit(picturesOf('column', shown, { width, height, across }, first), 58, 58);
  }
  if ((quantity === 'W' || quantity === 'dW') && layer === 1) {
    const units = network.layers[0]!.W.rows;
    return fit(picturesOf('row', units, { width, height, across: acrossFor(units) }), 136, 60);
  }
  if (quantity === 'W' || quantity === 'dW') {
    const { rows, cols } = network.layers[layer - 1]!.W;
    return fit(gridOf(rows, cols), 120, 60);
  }
  const rows = quantity === 'Y' ? network.layers.at(-1)!.W.rows : network.layers[layer - 1]!.W.rows;
  const isVector = quantity === 'b' || quantity === 'db' || m === 1;
  if (isVector && rows > LONGEST_STRIP)
    return fit(foldedOf(rows, FOLDED_ACROSS * Math.ceil(rows / 128)), 60, 60);
  if (isVector) return fit(gridOf(rows, 1), 12, 60, true);
  return fit(gridOf(rows, shown, first), shown <= 4 ? 30 : 60, 60, true);
}

/** As large as the room allows. With `stretched`, an entry may be wider than it is high. */
function fit(layout: EntryLayout, width: number, height: number, stretched = false): TileLayout {
  if (stretched) {
    const side = Math.min(SQUARE, height / layout.height);
    return {
      layout,
      width: Math.min(width, Math.max(12, layout.width * side)),
      height: layout.height * side,
    };
  }
  const side = Math.min(width / layout.width, height / layout.height);
  return { layout, width: layout.width * side, height: layout.height * side };
}
