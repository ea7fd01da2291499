// The format of the first layer in int16, for full-batch passes with 9 or 10 units. A 2 × 2 block
// is two neighboring pixels of two examples: four bytes, of which at least one is not 0. A row of
// blocks is stored in groups of two: the four bytes of each, then their two indices of 16 bits, 12
// bytes a group. A group that is not full ends with bytes 0 at index 0.
//
// One loop serves both directions (int16-gather.ts). Forward, a row is a pair of examples; an index
// finds the rows of W¹ of two pixels, and the bytes are those of the first example, then of the
// second. Backward, a row is a pair of pixels; an index finds the rows of dZ¹ of two examples, and
// the bytes are those of the first pixel, then of the second.
//
// Two rows are stored as one of 48 bytes, unit by unit, two int16 numbers each. So one instruction
// multiplies the numbers of four units by a pair of bytes and adds the two products, exactly, in 32
// bits. No sum exceeds 32 bits (the weights have a maximum), so the order of the additions does not
// matter.

/** Bytes of a group: two blocks of 4 bytes, then their two indices of 2 bytes. */
export const GROUP = 12;
export const INDICES_AT = 8;
/** Bytes of two rows of int16 numbers. */
export const ROWS = 48;
