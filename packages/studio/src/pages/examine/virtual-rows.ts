/** Cards in rows, rows in bands. Each band is one picture, and only the bands in view exist. */
export interface GalleryLayout {
  readonly cards: number;
  readonly columns: number;
  /** Side of a card, in CSS pixels. */
  readonly side: number;
}

/** Rows in one band. */
export const BAND_ROWS = 4;
/** Bands above and below the view that are painted in advance. */
const READY = 1;

export function rowsOf({ cards, columns }: GalleryLayout): number {
  return Math.ceil(cards / columns);
}

/**
 * The bands to keep, from the first up to, but not including, the last.
 *
 * @param top pixels that are scrolled away above
 * @param height pixels that are in view
 */
export function bandsInView(
  layout: GalleryLayout,
  top: number,
  height: number,
): readonly [from: number, to: number] {
  const band = BAND_ROWS * layout.side;
  const last = Math.ceil(rowsOf(layout) / BAND_ROWS);
  const from = Math.max(0, Math.min(last, Math.floor(top / band) - READY));
  const to = Math.min(last, Math.ceil((top + height) / band) + READY);
  return [from, Math.max(from, to)];
}

/** The largest number of bands that `bandsInView` keeps: as many canvases are enough. */
export function maxBands({ side }: GalleryLayout, height: number): number {
  return Math.ceil(height / (BAND_ROWS * side)) + 1 + 2 * READY;
}

/** The card at a point, in CSS pixels from the corner of the first card. */
export function cardAt({ cards, columns, side }: GalleryLayout, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
  const card = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && card < cards ? card : undefined;
}

/**
 * The card that a key leads to, `undefined` for other keys. `page` is the number of rows in view.
 */
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
