import { bytesOfBase64 } from '../../source/base64.js';
import { JPEG_KERNELS } from './kernels.generated.js';

/** The functions of the WebAssembly module. Places are addresses in its memory, in bytes. */
interface Functions {
  /** Begins a scan: see `kernel-rows.ts` for the components. */
  // biome-ignore format: the numbers in their order
  readonly begin: (components: number, count: number, block: number, interval: number, bufferTop: number, bufferRoom: number) => void;
  readonly give: (from: number, count: number) => void;
  readonly unread: () => number;
  readonly decodeUnits: (column: number, columns: number) => number;
  readonly isWhole: () => number;
  readonly toColors: (components: number, count: number, width: number, rows: number, out: number) => void;
}

/** What decodes JPEGs in WebAssembly, one at a time. */
export interface JpegKernels extends Functions {
  readonly memory: WebAssembly.Memory;
}

let started: { readonly kernels: JpegKernels | undefined } | undefined;

/**
 * The kernels, started when they are first needed; undefined where WebAssembly is forbidden, or too old for
 * vectors.
 */
export function jpegKernels(): JpegKernels | undefined {
  started ??= { kernels: start() };
  return started.kernels;
}

function start(): JpegKernels | undefined {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesOfBase64(JPEG_KERNELS)));
    return exports as unknown as JpegKernels;
  } catch {
    return undefined;
  }
}
