import type { Random } from '../../random.js';
import { sineAndCosine } from '../../sine-and-cosine.js';
import { between, SIDE } from './canvas.js';

/** A blot: what is nearer to its middle than a bent circle. */
export function blot(random: Random): Float32Array {
  const [cx, cy] = [SIDE / 2 + between(random, -2, 2), SIDE / 2 + between(random, -2, 2)];
  const radius = between(random, 4, 11);
  const waves = Array.from({ length: 4 }, (_, k) => {
    const size = between(random, 0, 0.45 / (k + 1));
    const [sin, cos] = sineAndCosine(between(random, -Math.PI, Math.PI));
    return { sin: size * sin, cos: size * cos };
  });
  const stretch = between(random, 0.6, 1.6);
  const soft = between(random, 0.5, 2);
  return draw((x, y) => {
    const [dx, dy] = [(x - cx) * stretch, (y - cy) / stretch];
    const distance = length(dx, dy);
    // Cosine and sine of the direction from the middle, and of its multiples: no function of the platform.
    const [cos, sin] = distance > 0 ? [dx / distance, dy / distance] : [1, 0];
    let [u, v] = [1, 0];
    let edge = 1;
    for (const wave of waves) {
      [u, v] = [u * cos - v * sin, v * cos + u * sin];
      edge += wave.cos * u - wave.sin * v;
    }
    return (radius * edge - distance) / soft + 0.5;
  });
}

/** One to three gray boxes and ellipses, smooth or mottled: the outlines of things. */
export function things(random: Random): Float32Array {
  const mottle = random.below(2) === 0 ? clouds(random, 6 + random.below(9)) : undefined;
  const depth = between(random, 0.1, 0.8);
  const gray = between(random, 0.35, 1);
  const parts = Array.from({ length: 1 + random.below(3) }, () => ({
    isBox: random.below(3) > 0,
    cx: between(random, 9, 19),
    cy: between(random, 9, 19),
    width: between(random, 2, 13),
    height: between(random, 2, 13),
    lean: between(random, -0.4, 0.4),
  }));
  const shape = draw((x, y) =>
    Math.max(
      ...parts.map(({ isBox, cx, cy, width, height, lean }) => {
        const u = Math.abs(x - cx + lean * (y - cy)) / width;
        const v = Math.abs(y - cy) / height;
        return (1 - (isBox ? Math.max(u, v) : length(u, v))) * Math.min(width, height) + 0.5;
      }),
    ),
  );
  return shape.map((value, at) => value * gray * (mottle ? 1 - depth * mottle[at]! : 1));
}

/** Noise: of single pixels, sparse or dense, or clouds. */
export function noise(random: Random): Float32Array {
  const kind = random.below(4);
  if (kind === 0) {
    const gray = between(random, 0.2, 1);
    return draw(() => gray * random.uniform());
  }
  if (kind === 1) {
    const share = between(random, 0.002, 0.6);
    return draw(() => (random.uniform() < share ? 1 : 0));
  }
  if (kind === 2) {
    const pixels = new Float32Array(SIDE * SIDE);
    for (let k = 1 + random.below(8); k > 0; k--) {
      const [x, y, size] = [2 + random.below(22), 2 + random.below(22), 1 + random.below(3)];
      for (let at = 0; at < size * size; at++)
        pixels[(y + Math.floor(at / size)) * SIDE + x + (at % size)] = 1;
    }
    return pixels;
  }
  const field = clouds(random, 4 + random.below(16));
  const [from, contrast] = [between(random, -0.3, 0.6), between(random, 1, 4)];
  return field.map((value) => Math.max(0, Math.min(1, (value - from) * contrast)));
}

/** Smooth noise, 0–1: random values on a grid, and what is between them. */
function clouds(random: Random, grid: number): Float32Array {
  const nodes = Float32Array.from({ length: (grid + 1) ** 2 }, () => random.uniform());
  return draw((x, y) => {
    const [u, v] = [(x / SIDE) * grid, (y / SIDE) * grid];
    const [column, row] = [Math.min(grid - 1, Math.floor(u)), Math.min(grid - 1, Math.floor(v))];
    const [a, b] = [u - column, v - row];
    const node = (dx: number, dy: number) => nodes[(row + dy) * (grid + 1) + column + dx]!;
    return (1 - b) * ((1 - a) * node(0, 0) + a * node(1, 0)) + b * ((1 - a) * node(0, 1) + a * node(1, 1));
  });
}

/** A picture of a function of the middle of each pixel; it is cut to 0–1. */
function draw(value: (x: number, y: number) => number): Float32Array {
  const pixels = new Float32Array(SIDE * SIDE);
  for (let at = 0; at < pixels.length; at++) {
    const found = value((at % SIDE) + 0.5, Math.floor(at / SIDE) + 0.5);
    pixels[at] = Math.max(0, Math.min(1, found));
  }
  return pixels;
}

/** Math.hypot need not give the same bits everywhere. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
