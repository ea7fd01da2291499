import { type AllPasses, fastPasses } from './fast-passes.js';
import { PICTURE_KERNELS } from './kernels.generated.js';
import type { PictureKernels } from './picture-kernels.js';

/** The passes with kernels in WebAssembly; undefined where it is forbidden, or too old for vectors. */
export function startPictureKernels(): AllPasses | undefined {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes()));
    const { memory, ...kernels } = exports as unknown as PictureKernels & { memory: WebAssembly.Memory };
    return fastPasses(kernels, memory);
  } catch {
    return undefined;
  }
}

/** The module, from text in base64. */
function kernelBytes(): Uint8Array<ArrayBuffer> {
  const text = atob(PICTURE_KERNELS);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
