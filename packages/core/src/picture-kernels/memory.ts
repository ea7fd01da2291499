/** Bytes that belong to no pass. */
const START = 64;
/** What a pass takes is followed by so many bytes: vectors reach a little beyond their last value. */
const SPARE = 32;
const PAGE_BYTES = 65_536;

type Values = Float32Array | Float64Array | Int32Array | Uint8Array | Uint8ClampedArray;

/** The memory of the kernels, in which each pass lays out what it needs. */
export interface PassMemory {
  /** Forgets what the last pass has laid out. */
  readonly clear: () => void;
  /** @returns the address of so many bytes */
  readonly take: (bytes: number) => number;
  /**
   * Does something, and forgets what was taken for it: what comes next has the same place, which is touched
   * already.
   */
  readonly within: <T>(act: () => T) => T;
  /** Copies values there, and returns their address. */
  readonly put: (values: Values) => number;
  /** Copies values from there. */
  readonly get: (address: number, into: Values) => void;
  readonly floats: (address: number, count: number) => Float32Array;
  readonly doubles: (address: number, count: number) => Float64Array;
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
  const there = (address: number, bytes: number) => new Uint8Array(memory.buffer, address, bytes);
  const bytesOf = ({ buffer, byteOffset, byteLength }: Values) =>
    new Uint8Array(buffer, byteOffset, byteLength);
  return {
    take,
    clear() {
      top = START;
    },
    within(act) {
      const before = top;
      const result = act();
      top = before;
      return result;
    },
    put(values) {
      const address = take(values.byteLength);
      there(address, values.byteLength).set(bytesOf(values));
      return address;
    },
    get(address, into) {
      bytesOf(into).set(there(address, into.byteLength));
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count).slice(),
    doubles: (address, count) => new Float64Array(memory.buffer, address, count).slice(),
    integers: (address, count) => new Int32Array(memory.buffer, address, count).slice(),
    bytes: (address, count) => new Uint8Array(memory.buffer, address, count).slice(),
  };
}
