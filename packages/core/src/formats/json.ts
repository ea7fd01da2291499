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
  let [parts, depth, isText] = [0, 0, false];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    // In a text, a backslash and what follows it say nothing of its end.
    if (isText && byte === 0x5c) i++;
    else if (byte === 0x22) isText = !isText;
    else if (isText) continue;
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      if (++parts > MAX_PARTS || depth > MAX_DEPTH) return false;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return true;
}
