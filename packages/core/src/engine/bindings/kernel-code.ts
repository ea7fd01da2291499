import { KERNELS } from './kernels.generated.js';

/** The first character that is a digit of the text; the two before it add 90 and 180 to the next one. */
const DIGITS = 34;

/** The bytes of the module, from the text that scripts/build-kernels.js writes. */
export function kernelCode(): Uint8Array {
  const bytes = new Uint8Array(KERNELS.length);
  let count = 0;
  for (let i = 0, added = 0; i < KERNELS.length; i++) {
    const code = KERNELS.charCodeAt(i);
    if (code < DIGITS) added = 90 * (code - 31);
    else {
      bytes[count++] = code - (code < 92 ? 40 : 41) + added;
      added = 0;
    }
  }
  return bytes.slice(0, count);
}
