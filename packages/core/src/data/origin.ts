/**
 * How examples came from a file: how the bytes of pictures came from its values, where they are not its
 * own bytes, and which columns were chosen by a person.
 */
export interface DataOrigin {
  /** The values that became 0 and 255. */
  readonly valueRange?: readonly [min: number, max: number];
  /** The file held the pictures lying on their side, as EMNIST's do. */
  readonly transposed?: true;
  /** The column, or the array, of the labels, if it was named or others were left out. */
  readonly label?: string;
  /** The columns that were left out because they were named. */
  readonly ignored?: readonly string[];
}
