import { EngineError } from '../../errors.js';
import type { Kernels } from './kernels.js';
import type { WasmMemory } from './wasm-memory.js';

/** The functions of the WebAssembly module. They take numbers one after the other. */
export type KernelFunctions = Record<keyof Kernels, (...values: readonly (number | boolean)[]) => number>;

/**
 * The memory import as the compiler writes it, up to its flags. 3 stands for a shared memory with a
 * maximum, 1 for an unshared one.
 */
const MEMORY_IMPORT = '\x03env\x06memory\x02';
const SHARED_FLAGS = 3;
const UNSHARED_FLAGS = 1;

/**
 * Starts the kernels on a memory; `kernelsOf` and `packingKernelsOf` make them readable. One binary serves shared and unshared memory: the byte that
 * differs is set before it is compiled.
 *
 * @param code the binary (`kernelCode`); a worker gets it with its first message, so that its program
 *   does not hold it once more
 * @throws EngineError when WebAssembly is not allowed here, or lacks what the kernels need
 */
export function instantiateKernels(memory: WasmMemory, shared: boolean, code: Uint8Array): KernelFunctions {
  const bytes = Uint8Array.from(code);
  const flags = String.fromCharCode(...bytes).indexOf(MEMORY_IMPORT) + MEMORY_IMPORT.length;
  if (bytes[flags] !== SHARED_FLAGS) throw new Error('the kernels do not import a shared memory');
  bytes[flags] = shared ? SHARED_FLAGS : UNSHARED_FLAGS;
  const imports = { env: { memory: memory as WebAssembly.Memory } };
  const { exports } = new WebAssembly.Instance(compile(bytes), imports);
  return exports as unknown as KernelFunctions;
}

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    // To validate is always allowed.
    if (!WebAssembly.validate(bytes)) {
      throw new EngineError(
        `WebAssembly here has no SIMD, no bulk memory or no threads (${(error as Error).message})`,
        `Use a newer version, or the option engine: 'maths'`,
      );
    }
    throw new EngineError(
      `WebAssembly is not allowed here (${(error as Error).message})`,
      `Add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy, or use the option engine: 'maths'`,
    );
  }
}
