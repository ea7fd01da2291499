/** Cards in rows, the rows in bands: each band is one picture, and only those in view exist. */
export interface GalleryLayout {
  readonly cards: number;
  readonly columns: number;
  /** Side of a card, in CSS pixels. */
  readonly side: number;
}

/** Rows in one band. */
export const BAND_ROWS = 4;
/** Bands kept ready above and below what is in view, so that scrolling finds them painted. */
const READY = 1;

export function rowsOf({ cards, columns }: GalleryLayout): number {
  return Math.ceil(cards / columns);
}

/** The bands to keep when so many pixels have been scrolled away at the top and so many are in view: from, up to but not including. */
export function bandsInView(
  drawer: GalleryLayout,
  top: number,
  height: number,
): readonly [from: number, to: number] {
  const band = BAND_ROWS * drawer.side;
  const last = Math.ceil(rowsOf(drawer) / BAND_ROWS);
  const from = Math.max(0, Math.min(last, Math.floor(top / band) - READY));
  const to = Math.min(last, Math.ceil((top + height) / band) + READY);
  return [from, Math.max(from, to)];
}

/** How many bands `bandsInView` keeps at most: so many canvases are enough when each is used again and again. */
export function mostBands({ side }: GalleryLayout, height: number): number {
  return Math.ceil(height / (BAND_ROWS * side)) + 1 + 2 * READY;
}

/** The card at a point of the drawer, in CSS pixels from the first card's corner. */
export function cardAt({ cards, columns, side }: GalleryLayout, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
  const card = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && card < cards ? card : undefined;
}

/** Where a key leads from a card; `undefined` for a key that leads nowhere. `page` is how many rows are in view. */
export function cardByKey(
  { cards, columns }: GalleryLayout,
  card: number,
  key: string,
  page: number,
): number | undefined {
  const step = STEPS[key]?.(columns, Math.max(1, page - 1));
  if (step === undefined) return undefined;
  const next = card + step;
  if (next >= 0 && next < cards) return next;
  if (Math.abs(step) === Number.POSITIVE_INFINITY || Math.abs(step) > columns)
    return step < 0 ? 0 : cards - 1;
  return card;
}

const STEPS: Readonly<Record<string, (columns: number, rows: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
  PageUp: (columns, rows) => -columns * rows,
  PageDown: (columns, rows) => columns * rows,
  Home: () => Number.NEGATIVE_INFINITY,
  End: () => Number.POSITIVE_INFINITY,
};
