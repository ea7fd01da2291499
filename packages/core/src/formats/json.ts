/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The value of a text in JSON; `undefined` if the text is not JSON. */
export function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Whether a value from JSON is an object, and neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects and lists in a header or configuration: those of the largest models have fewer. */
const MAX_PARTS = 100_000;
const MAX_DEPTH = 64;

/**
 * Whether text in JSON has as few parts, and as few inside each other, as those of models have. To parse
 * others can take many times their size.
 */
export function isModestJson(bytes: Uint8Array): boolean {
  let [parts, depth] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === 0x22) {
      // Behind an odd number of backslashes, a quote does not end the text.
      let isEscaped: boolean;
      do {
        i = bytes.indexOf(0x22, i + 1);
        isEscaped = false;
        for (let k = i; bytes[--k] === 0x5c; ) isEscaped = !isEscaped;
      } while (isEscaped);
      if (i < 0) return true;
    }
    if ((byte | 0x20) === 0x7b && (++parts > MAX_PARTS || ++depth > MAX_DEPTH)) return false;
    if ((byte | 0x20) === 0x7d) depth--;
  }
  return true;
}
