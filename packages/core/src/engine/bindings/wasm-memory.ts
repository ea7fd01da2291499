/**
 * A `WebAssembly.Memory`, as far as the engine needs it. It is described here, so that the
 * declarations compile without the DOM's or Node's types.
 */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}
