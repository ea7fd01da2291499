/** How the names of pictures end. */
const PICTURE_NAME = /\.(png|jpe?g|jfif|webp|bmp|gif|dib)$/i;

/** What separates the cells of a list: the first of these that its rows have. */
const SEPARATORS = ['\t', ';', ','] as const;

/** Rows of a list that are looked at. */
const ROWS = 5;

/** Whether a file is a table with the names of pictures in it: after the header, each row has one. */
export function isPictureList(head: Uint8Array): boolean {
  if (head.subarray(0, 64).some((byte) => byte < 9)) return false;
  const lines = new TextDecoder().decode(head).split(/\r?\n/);
  // The head may end within a row.
  const rows = lines.slice(0, lines.length > 2 ? -1 : undefined).filter((line) => line.trim() !== '');
  const body = rows.slice(1, 1 + ROWS);
  return body.length > 0 && body.every((row) => cellsOf(row).length > 1 && cellsOf(row).some(namesPicture));
}

/** Whether a cell names a picture. */
export function namesPicture(cell: string): boolean {
  return PICTURE_NAME.test(cell);
}

/** The cells of a row, without quotes and spaces around them. */
export function cellsOf(row: string, separator = separatorOf(row)): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of row) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

/** What separates the cells of a row. */
export function separatorOf(row: string): string {
  return SEPARATORS.find((separator) => row.includes(separator)) ?? ',';
}
