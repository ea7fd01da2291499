import { EngineError } from '../../errors.js';
import type { WasmMemory } from '../bindings/wasm-memory.js';

const PAGE_BYTES = 65536;
/** What 32-bit addresses reach: 4 GiB. */
const MAX_PAGES = 65536;
/** Every allocation starts on a cache line. */
const ALIGNMENT = 64;
/** The kernels' own constants are below this address (kernels/exponential.ts, kernels/gather.ts). */
const FIRST_ADDRESS = 8192;

/** A WebAssembly memory with an allocator: it grows as needed, and freed space is used again. */
export class Memory {
  readonly shared: boolean;
  readonly wasm: WasmMemory;
  /** Address 0 means "none". */
  #end = FIRST_ADDRESS;
  readonly #sizes = new Map<number, number>();
  #free: { address: number; bytes: number }[] = [];

  /** @throws EngineError where there is no WebAssembly, or no address space for its memory */
  constructor(shared: boolean) {
    this.shared = shared;
    if (typeof WebAssembly !== 'object') {
      throw new EngineError('WebAssembly is switched off here', `Use the option engine: 'maths'`);
    }
    try {
      this.wasm = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared });
    } catch (error) {
      throw new EngineError(
        `WebAssembly gets no address space here (${(error as Error).message})`,
        `Raise the limit (ulimit -v), or use the option engine: 'maths'`,
      );
    }
  }

  /**
   * Allocates `bytes` bytes and sets them to 0.
   *
   * @param what they are for, as the error says it
   * @returns the address, a multiple of 64
   * @throws EngineError when WebAssembly cannot hold that much
   */
  allocate(bytes: number, what: string): number {
    const size = Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
    const reused = this.#free.findIndex((hole) => hole.bytes >= size);
    if (reused >= 0) {
      const hole = this.#free[reused]!;
      this.#free.splice(reused, 1);
      if (hole.bytes > size) this.#free.push({ address: hole.address + size, bytes: hole.bytes - size });
      this.#sizes.set(hole.address, size);
      this.bytes(hole.address, size).fill(0);
      return hole.address;
    }
    const address = this.#end;
    this.#growTo(address + size, bytes, what);
    this.#end += size;
    this.#sizes.set(address, size);
    return address;
  }

  /** Frees what `allocate` returned. Any other address is ignored. */
  free(address: number): void {
    const bytes = this.#sizes.get(address);
    if (bytes === undefined) return;
    this.#sizes.delete(address);
    this.#free.push({ address, bytes });
    this.#free.sort((a, b) => a.address - b.address);
    const holes: { address: number; bytes: number }[] = [];
    for (const hole of this.#free) {
      const last = holes.at(-1);
      if (last && last.address + last.bytes === hole.address) last.bytes += hole.bytes;
      else holes.push(hole);
    }
    this.#free = holes;
  }

  /** A view of bytes, valid until the memory grows. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.wasm.buffer, address, length);
  }

  /** A view of 32-bit floats, valid until the memory grows. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.wasm.buffer, address, length);
  }

  /** A view of 32-bit integers, valid until the memory grows. */
  integers(address: number, length: number): Uint32Array {
    return new Uint32Array(this.wasm.buffer, address, length);
  }

  #growTo(end: number, bytes: number, what: string): void {
    const pages = Math.ceil(end / PAGE_BYTES) - this.wasm.buffer.byteLength / PAGE_BYTES;
    if (pages <= 0) return;
    try {
      if (end > MAX_PAGES * PAGE_BYTES) throw new RangeError('beyond 4 GiB');
      this.wasm.grow(pages);
    } catch {
      const asked = bytes.toLocaleString('en-US');
      const held = this.#end.toLocaleString('en-US');
      throw new EngineError(
        `${what}: asked for ${asked} bytes, with ${held} bytes in use. WebAssembly holds 4 GiB at most. Use fewer examples or a smaller network`,
      );
    }
  }
}
