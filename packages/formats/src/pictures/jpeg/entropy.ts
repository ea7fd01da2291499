const [RST0, RST7, EOI] = [0xd0, 0xd7, 0xd9];

/** What is compressed in a scan. */
export interface Entropy {
  /** Its bytes, without stuffing and restart markers, and 16 zeros. */
  readonly entropy: Uint8Array;
  /** How many they are without the zeros. */
  readonly length: number;
  /** Where the scan begins, and where it goes on after each restart marker. */
  readonly starts: readonly { readonly from: number }[];
}

/**
 * The compressed bytes of a scan. After them the picture must end, or there are more scans: then undefined.
 *
 * @param bytes of the file, from the scan's first on
 */
export function readEntropy(bytes: Uint8Array): Entropy | undefined {
  const entropy = new Uint8Array(bytes.length + 16);
  const starts = [{ from: 0 }];
  let length = 0;
  for (let at = 0; ; ) {
    const end = bytes.indexOf(0xff, at);
    if (end < 0 || end + 1 >= bytes.length) return undefined;
    entropy.set(bytes.subarray(at, end), length);
    length += end - at;
    const marker = bytes[end + 1]!;
    at = end + 2;
    if (marker === 0) entropy[length++] = 0xff;
    else if (marker >= RST0 && marker <= RST7) {
      // They count from 0 to 7, again and again.
      if (marker !== RST0 + ((starts.length - 1) & 7)) return undefined;
      starts.push({ from: length });
    } else if (marker === EOI) return { entropy: entropy.subarray(0, length + 16), length, starts };
    else return undefined;
  }
}
