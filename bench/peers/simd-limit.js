// The limit of 128-bit SIMD on one core: only multiply-adds in registers that do not depend on each
// other.

const ROUNDS = 100_000;
const UNROLLED = 4;
const LANES = 4;

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const SPLAT = [0xfd, 0x13];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const FIRST_LANE = [0xfd, 0x1f, 0];

/**
 * A WebAssembly function with `chains` vectors. Each is repeatedly replaced by c · a + b.
 *
 * @param {number} chains
 * @returns {{ run: () => number, multiplyAdds: number }} and the number of multiply-adds in one
 *   run
 */
export function simdLimit(chains) {
  const a = 1 + chains;
  const b = a + 1;
  const chain = Array.from({ length: chains }, (_, i) => 1 + i);
  const constant = (value) => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)];
  const body = [
    // The chains start with different values, so none is a copy of another. a and b depend on the
    // parameter, so the compiler cannot compute them in advance.
    ...chain.flatMap((c) => [...constant(c), ...SPLAT, 0x21, c]),
    ...[...constant(0.999), 0x20, 0, 0xb2, ...constant(1e-12), 0x94, 0x92, ...SPLAT, 0x21, a],
    ...[...constant(0.5), 0x20, 0, 0xb2, ...constant(1e-12), 0x94, 0x92, ...SPLAT, 0x21, b],
    ...[0x03, 0x40],
    ...Array.from({ length: UNROLLED }, () =>
      chain.flatMap((c) => [0x20, c, 0x20, a, ...MULTIPLY, 0x20, b, ...ADD, 0x21, c]),
    ).flat(),
    ...[0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
    ...chain.flatMap((c) => [0x20, c, ...FIRST_LANE]),
    ...new Array(chains - 1).fill(0x92),
    0x0b,
  ];
  const code = [1, ...unsigned(chains + 2), V128, ...body];
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 1, I32, 1, F32]),
      ...section(3, [1, 0]),
      ...section(7, [1, 3, ...Buffer.from('run'), 0, 0]),
      ...section(10, [1, ...unsigned(code.length), ...code]),
    ]),
  );
  const { exports } = new WebAssembly.Instance(module);
  return {
    run: () => exports.run(ROUNDS),
    multiplyAdds: ROUNDS * UNROLLED * chains * LANES,
  };
}

function section(id, bytes) {
  return [id, ...unsigned(bytes.length), ...bytes];
}

/** LEB128, as WebAssembly writes its lengths. */
function unsigned(value) {
  const low = value & 0x7f;
  return value > 0x7f ? [low | 0x80, ...unsigned(value >>> 7)] : [low];
}
