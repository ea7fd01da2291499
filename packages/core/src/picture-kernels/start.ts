import { bytesOfBase64 } from '../base64.js';
import { type AllPasses, fastPasses } from './fast-passes.js';
import { PICTURE_KERNELS } from './kernels.generated.js';
import type { PictureKernels } from './picture-kernels.js';

/** The passes with kernels in WebAssembly; undefined where it is forbidden, or too old for vectors. */
export function startPictureKernels(): AllPasses | undefined {
  try {
    const code = bytesOfBase64(PICTURE_KERNELS) as BufferSource;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code));
    const { memory, ...kernels } = exports as unknown as PictureKernels & { memory: WebAssembly.Memory };
    return fastPasses(kernels, memory);
  } catch {
    return undefined;
  }
}
