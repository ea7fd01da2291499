/** Addresses that stay free. */
const START = 64;
const PAGE_BYTES = 65_536;

type Values = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** Lays out the memory of the kernels, from its beginning. */
export interface Room {
  /** @returns the address of so many bytes */
  readonly take: (bytes: number) => number;
  /** Copies values there, and returns their address. */
  readonly put: (values: Values) => number;
  /** Copies values one after the other, and returns the address of the first. */
  readonly putTogether: (parts: readonly Values[]) => number;
}

export function roomIn(memory: WebAssembly.Memory): Room {
  let top = START;
  const take = (bytes: number): number => {
    const address = top;
    top = (address + bytes + 15) & ~15;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return address;
  };
  const putTogether = (parts: readonly Values[]): number => {
    const address = take(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
    let to = address;
    for (const { buffer, byteOffset, byteLength } of parts) {
      new Uint8Array(memory.buffer, to, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
      to += byteLength;
    }
    return address;
  };
  return { take, putTogether, put: (values) => putTogether([values]) };
}
