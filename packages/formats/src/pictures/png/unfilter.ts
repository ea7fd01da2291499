/**
 * Undoes the filters of a PNG's rows in place (PNG 3rd edition, 9), and moves the rows together: the
 * first `rows × perRow` bytes are then the samples.
 *
 * @param bytes the rows, each with one byte for its filter in front
 * @param perRow bytes of a row, without that byte
 * @param perPixel bytes of a pixel, at least 1
 * @throws Error for a filter that there is not
 */
export function unfilter(bytes: Uint8Array, rows: number, perRow: number, perPixel: number): void {
  for (let row = 0; row < rows; row++) {
    const from = row * (perRow + 1);
    const to = row * perRow;
    const filter = bytes[from]!;
    bytes.copyWithin(to, from + 1, from + 1 + perRow);
    unfilterRow(bytes, filter, to, perRow, perPixel, row > 0);
  }
}

function unfilterRow(
  bytes: Uint8Array,
  filter: number,
  start: number,
  perRow: number,
  perPixel: number,
  hasAbove: boolean,
): void {
  const end = start + perRow;
  const firstEnd = Math.min(start + perPixel, end);
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = firstEnd; i < end; i++) bytes[i]! += bytes[i - perPixel]!;
      return;
    case 2:
      if (hasAbove) for (let i = start; i < end; i++) bytes[i]! += bytes[i - perRow]!;
      return;
    case 3:
      for (let i = start; i < end; i++) {
        const left = i < firstEnd ? 0 : bytes[i - perPixel]!;
        bytes[i]! += (left + (hasAbove ? bytes[i - perRow]! : 0)) >> 1;
      }
      return;
    case 4:
      for (let i = start; i < end; i++) {
        const isFirst = i < firstEnd;
        const left = isFirst ? 0 : bytes[i - perPixel]!;
        const above = hasAbove ? bytes[i - perRow]! : 0;
        const corner = isFirst || !hasAbove ? 0 : bytes[i - perRow - perPixel]!;
        bytes[i]! += nearest(left, above, corner);
      }
      return;
    default:
      throw new Error(`no filter has the number ${filter}`);
  }
}

/** Paeth's predictor: which of the three is nearest to left + above − corner. */
function nearest(left: number, above: number, corner: number): number {
  const byLeft = Math.abs(above - corner);
  const byAbove = Math.abs(left - corner);
  const byCorner = Math.abs(left + above - 2 * corner);
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}
