/** How the bytes of pictures came from the values of a file. Nothing is said where they are the file's own bytes. */
export interface DataOrigin {
  /** The values that became 0 and 255. */
  readonly valueRange?: readonly [min: number, max: number];
  /** The file held the pictures lying on their side, as EMNIST's do. */
  readonly transposed?: true;
}
