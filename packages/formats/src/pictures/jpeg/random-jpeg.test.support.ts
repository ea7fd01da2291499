import { permutation, type Random } from '@longhand/core/maths';

/** A code: its bits, and how many. */
type Code = readonly [bits: number, length: number];

/** Restart markers, and the end. */
const [RST0, EOI] = [0xd0, 0xd9];
/** Values of the first coefficients' codes: how many bits follow. */
const SIZES = Array.from({ length: 12 }, (_, size) => size);
/** Of the others': 16 times the zeros before it, and how many bits follow. */
const RUNS = [
  ...Array.from({ length: 160 }, (_, k) => ((k % 16) << 4) | (1 + Math.floor(k / 16))),
  ...[0x00, 0xf0],
];

/**
 * A baseline JPEG of random coefficients, samplings, tables and restarts: its codes are right, and mean
 * nothing.
 *
 * @param most pixels across or down
 */
export function randomJpeg(random: Random, most: number): Uint8Array<ArrayBuffer> {
  const [width, height] = [1 + random.below(most), 1 + random.below(most)];
  const count = random.below(4) === 0 ? 1 : 3;
  const factors = Array.from({ length: count }, () => [1 + random.below(2), 1 + random.below(2)] as const);
  const tables = [0, 1].map(() => ({ dc: tableOf(SIZES, random), ac: tableOf(RUNS, random) }));
  const units = { h: Math.max(...factors.map(([h]) => h)), v: Math.max(...factors.map(([, v]) => v)) };
  // A single component is not interleaved.
  if (count === 1) [units.h, units.v] = [1, 1];
  const total = Math.ceil(width / 8 / units.h) * Math.ceil(height / 8 / units.v);
  const interval = random.below(2) * (1 + random.below(total + 2));
  const share = random.uniform();
  const bytes: number[] = [0xff, 0xd8];
  const segment = (marker: number, body: readonly number[]) =>
    bytes.push(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body);
  for (const number of [0, 1])
    segment(0xdb, [number, ...Array.from({ length: 64 }, () => 1 + random.below(255))]);
  const parts = factors.flatMap(([h, v], c) => [c + 1, (h << 4) | v, Math.min(c, 1)]);
  segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, count, ...parts]);
  for (const [number, { dc, ac }] of tables.entries()) {
    segment(0xc4, [number, ...dc.segment]);
    segment(0xc4, [16 | number, ...ac.segment]);
  }
  if (interval > 0) segment(0xdd, [interval >> 8, interval & 255]);
  segment(0xda, [count, ...factors.flatMap((_, c) => [c + 1, 17 * Math.min(c, 1)]), 0, 63, 0]);
  const bits = bitWriter(bytes);
  for (let unit = 0; unit < total; unit++) {
    if (interval > 0 && unit > 0 && unit % interval === 0) {
      bits.fill();
      bytes.push(0xff, RST0 + ((unit / interval - 1) & 7));
    }
    for (const [c, [h, v]] of factors.entries()) {
      const { dc, ac } = tables[Math.min(c, 1)]!;
      for (let block = count === 1 ? 1 : h * v; block > 0; block--)
        writeBlock(bits, dc.codes, ac.codes, share, random);
    }
  }
  bits.fill();
  bytes.push(0xff, EOI);
  return Uint8Array.from(bytes);
}

/** Values with codes of random lengths: a few short ones, and many of 16 bits. */
function tableOf(values: readonly number[], random: Random) {
  const order = Array.from(permutation(values.length, random), (at) => values[at]!);
  const counts = new Array<number>(16).fill(0);
  const codes = new Map<number, Code>();
  const shortest = 1 + random.below(4);
  for (let [length, code, at] = [1, 0, 0]; length <= 16; length++, code *= 2) {
    const most = length < shortest ? 0 : random.below(3);
    // The others need places, of 16 bits.
    const room = (1 << length) - code - Math.ceil(values.length / (1 << (16 - length)));
    const count = length === 16 ? values.length - at : Math.max(0, Math.min(most, room, values.length - at));
    counts[length - 1] = count;
    for (let k = 0; k < count; k++) codes.set(order[at++]!, [code++, length]);
  }
  return { codes, segment: [...counts, ...order] };
}

type Bits = ReturnType<typeof bitWriter>;

function bitWriter(bytes: number[]) {
  let [byte, free] = [0, 8];
  const write = ([bits, length]: Code): void => {
    for (let k = length - 1; k >= 0; k--) {
      byte = (byte << 1) | ((bits >> k) & 1);
      if (--free > 0) continue;
      bytes.push(byte);
      if (byte === 0xff) bytes.push(0);
      [byte, free] = [0, 8];
    }
  };
  return {
    write,
    /** Ones, up to the next byte. */
    fill: () => {
      while (free < 8) write([1, 1]);
    },
  };
}

function writeBlock(
  { write }: Bits,
  dc: ReadonlyMap<number, Code>,
  ac: ReadonlyMap<number, Code>,
  share: number,
  random: Random,
): void {
  const bits = (size: number) => write([random.below(1 << size), size]);
  const size = random.below(12);
  write(dc.get(size)!);
  bits(size);
  for (let place = 1; place < 64; place++) {
    if (random.uniform() >= share) {
      write(ac.get(0)!);
      return;
    }
    const zeros = Math.floor(random.uniform() ** 4 * Math.min(16, 64 - place));
    const isLong = zeros === 15 && random.below(2) === 0;
    const own = isLong ? 0 : 1 + random.below(10);
    write(ac.get((zeros << 4) | own)!);
    bits(own);
    place += zeros;
  }
}
