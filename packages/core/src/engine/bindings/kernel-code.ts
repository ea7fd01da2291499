import { KERNELS } from './kernels.generated.js';

/** The bytes of the module, from the text that scripts/build-kernels.js writes. */
export function kernelCode(): Uint8Array {
  return Uint8Array.from(KERNELS.match(/[ !]?./g)!, (digits) => {
    const code = digits.charCodeAt(digits.length - 1);
    return code - (code < 92 ? 40 : 41) + (digits < '!' ? 90 : digits < '"' ? 180 : 0);
  });
}
