/** Bytes that belong to no pass. */
const START = 64;
/** What a pass takes is followed by so many bytes: vectors reach a little beyond their last value. */
const SPARE = 32;
const PAGE_BYTES = 65_536;

/** The memory of the kernels, in which each pass lays out what it needs. */
export interface PassMemory {
  /** Forgets what the last pass has laid out. */
  readonly clear: () => void;
  /** @returns the address of so many bytes */
  readonly take: (bytes: number) => number;
  /** Copies values there, and returns their address. */
  readonly put: (values: Float32Array | Float64Array | Int32Array | Uint8Array | Uint8ClampedArray) => number;
  readonly floats: (address: number, count: number) => Float32Array;
  readonly integers: (address: number, count: number) => Int32Array;
  readonly bytes: (address: number, count: number) => Uint8Array;
}

export function passMemory(memory: WebAssembly.Memory): PassMemory {
  let top = START;
  const take = (bytes: number): number => {
    const address = top;
    top = (address + bytes + SPARE + 15) & ~15;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return address;
  };
  return {
    take,
    clear() {
      top = START;
    },
    put(values) {
      const address = take(values.byteLength);
      new Uint8Array(memory.buffer, address, values.byteLength).set(
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      );
      return address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count).slice(),
    integers: (address, count) => new Int32Array(memory.buffer, address, count).slice(),
    bytes: (address, count) => new Uint8Array(memory.buffer, address, count).slice(),
  };
}
