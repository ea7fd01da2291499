/** A run is at most this long: its length is one byte. */
const LONGEST_RUN = 255;

/**
 * The pixels of a drawing as text for an address: again and again the length of a run of blank
 * pixels, the length of a run of other pixels and their bytes, in base64 as addresses take it.
 * Blank pixels at the end are left out.
 */
export function encodeInk(pixels: Uint8Array): string {
  const bytes: number[] = [];
  const end = pixels.findLastIndex((pixel) => pixel > 0) + 1;
  for (let at = 0; at < end; ) {
    const blank = runFrom(pixels, at, end, false);
    const inked = runFrom(pixels, at + blank, end, true);
    bytes.push(blank, inked, ...pixels.subarray(at + blank, at + blank + inked));
    at += blank + inked;
  }
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Reads the pixels of a drawing; `undefined` if the text is not that of a drawing of this size. */
export function decodeInk(text: string, length: number): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  let bytes: Uint8Array;
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
  const pixels = new Uint8Array(length);
  let at = 0;
  for (let k = 0; k < bytes.length; ) {
    const [blank = 0, inked = 0] = [bytes[k], bytes[k + 1]];
    const run = bytes.subarray(k + 2, k + 2 + inked);
    at += blank;
    if (run.length < inked || at + inked > length) return undefined;
    pixels.set(run, at);
    at += inked;
    k += 2 + inked;
  }
  return pixels.some((pixel) => pixel > 0) ? pixels : undefined;
}

/** How many pixels from here are inked, or are blank. */
function runFrom(pixels: Uint8Array, from: number, end: number, inked: boolean): number {
  let at = from;
  while (at < end && at - from < LONGEST_RUN && pixels[at]! > 0 === inked) at++;
  return at - from;
}
