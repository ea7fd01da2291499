// Composes pages of handwriting from digits of MNIST: what is written where is known exactly.

/** Papers: what is printed on them, in shares of a digit's height. */
export const PAPERS = ['plain', 'ruled', 'squared'];

/** What is written. */
export const CONTENTS = ['lines', 'telephone', 'sums', 'columns'];

/**
 * One page.
 *
 * @param digits a Dataset
 * @param random of @longhand/core/maths
 * @param kind `paper`; `content`; `touching`: the share of digits that touch the next one; `isPhoto`: perspective,
 *   shade and grain
 * @returns `picture`; `lines`: what is written, line by line: of each digit its `label`, `box` and `isTouching`;
 *   `ownerAt(x, y)`: the place of the digit, in the order of writing, that has most ink at a pixel of the picture, or -1
 */
export function composePage(digits, random, { paper, content, touching, isPhoto }) {
  const between = (from, to) => from + (to - from) * random.uniform();
  const size = between(22, 46);
  const slant = between(-0.25, 0.35);
  const skew = between(-0.035, 0.035);
  const spread = between(0.1, 0.55);
  const weight = between(0.25, 0.55);
  const rows = content === 'sums' || content === 'columns' ? 3 + random.below(5) : 1 + random.below(6);
  const pitch = size * between(1.7, 2.4);
  const lines = [];
  const strokes = [];
  const put = (line, x, y, scale) => {
    const index = random.below(digits.length);
    const shape = shapeOf(
      digits.pixels(index),
      scale,
      slant + between(-0.1, 0.1),
      between(-0.06, 0.06),
      weight,
    );
    return { shape, label: digits.label(index), x, y: y - shape.top - shape.height, line };
  };
  for (let row = 0; row < rows; row++) {
    const line = [];
    const scale = (size * between(0.85, 1.18)) / 20;
    const start = size * between(0.8, 1.6);
    const top = size * 2 + row * pitch;
    let pen = start;
    let before;
    const write = (gap, isTouching = false) => {
      const next = put(line, 0, 0, scale * between(0.92, 1.08));
      const lift = between(-0.06, 0.06) * size;
      next.y = Math.round(top + lift + skew * pen - next.shape.bottom);
      next.x = before
        ? Math.round(placeBeside(before, next, isTouching ? -between(1, 0.08 * size) : gap))
        : Math.round(pen - next.shape.left);
      if (isTouching && before) {
        before.isTouching = true;
        next.isTouching = true;
      }
      line.push(next);
      before = next;
      pen = next.x + next.shape.right;
    };
    const gap = () => size * spread * between(0.6, 1.4) + 2;
    const sign = (name) => {
      const width = size * between(0.35, 0.5);
      const [x, y] = [pen + size * between(0.3, 0.45), top + skew * pen - size * 0.45];
      const thick = size * between(0.06, 0.11);
      const level = y + between(-0.05, 0.05) * size;
      if (name !== '=') strokes.push([x, level, x + width, level + between(-0.05, 0.05) * size, thick]);
      if (name === '+')
        strokes.push([x + width / 2, level - width / 2, x + width / 2, level + width / 2, thick]);
      if (name === '=')
        for (const d of [-0.12, 0.12])
          strokes.push([x, level + d * size, x + width, level + d * size, thick]);
      pen = x + width + size * between(0.3, 0.45);
      before = undefined;
    };
    const number = (length) => {
      for (let k = 0; k < length; k++) write(gap(), k > 0 && random.uniform() < touching);
    };
    if (content === 'lines') number(1 + random.below(12));
    if (content === 'telephone') {
      for (const [k, length] of [3, 3 + random.below(2), 2 + random.below(3)].entries()) {
        if (k > 0) {
          if (random.uniform() < 0.6) sign('-');
          else {
            pen += size * between(0.7, 1.2);
            before = undefined;
          }
        }
        number(length);
      }
    }
    if (content === 'sums') {
      number(1 + random.below(2));
      sign(random.below(2) ? '+' : '-');
      number(1 + random.below(2));
      sign('=');
      number(1 + random.below(3));
    }
    if (content === 'columns') {
      for (let column = 0; column < 3; column++) {
        pen = start + column * size * 5;
        before = undefined;
        number(1 + random.below(3));
      }
    }
    lines.push(line);
  }
  const all = lines.flat();
  const width = Math.round(Math.max(...all.map((d) => d.x + d.shape.right)) + size * between(0.6, 1.5));
  const height = Math.round(size * 2 + (rows - 1) * pitch + size * between(1, 1.8));
  const sheet = paint({ width, height, all, strokes, paper, pitch, size, skew, isPhoto, between, random });
  return {
    picture: { width: sheet.width, height: sheet.height, channels: 3, data: sheet.data },
    lines: lines.map((line) =>
      line.map(({ label, isTouching = false, shape, x, y }) => ({
        label,
        isTouching,
        box: sheet.boxOf({
          left: x + shape.left,
          right: x + shape.right,
          top: y + shape.top,
          bottom: y + shape.bottom,
        }),
      })),
    ),
    ownerAt: (X, Y) => {
      const [x, y] = sheet.toPage(X, Y).map(Math.round);
      let [owner, most] = [-1, 0.1];
      for (const [place, digit] of all.entries()) {
        const { side, ink } = digit.shape;
        const [u, v] = [x - digit.x, y - digit.y];
        if (u < 0 || v < 0 || u >= side || v >= side || ink[v * side + u] <= most) continue;
        [owner, most] = [place, ink[v * side + u]];
      }
      return owner;
    },
  };
}

/** A digit enlarged, slanted and turned, with strokes of some weight: ink from 0 to 1. */
function shapeOf(pixels, scale, slant, turn, weight) {
  const side = Math.ceil(28 * scale * 1.5);
  const ink = new Float32Array(side * side);
  let [left, right, top, bottom] = [side, -1, side, -1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [v, u] = [(y - side / 2) / scale, (x - side / 2) / scale];
      const straight = u + slant * v;
      const value = sample(
        pixels,
        straight * Math.cos(turn) + v * Math.sin(turn) + 13.5,
        v * Math.cos(turn) - straight * Math.sin(turn) + 13.5,
      );
      const a = Math.max(0, Math.min(1, (value - weight + 0.2) / 0.4));
      ink[y * side + x] = a;
      if (a < 0.5) continue;
      [left, right, top, bottom] = [
        Math.min(left, x),
        Math.max(right, x),
        Math.min(top, y),
        Math.max(bottom, y),
      ];
    }
  }
  return { side, ink, left, right, top, bottom, height: bottom - top + 1 };
}

function sample(pixels, x, y) {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const at = (u, v) => (u < 0 || v < 0 || u > 27 || v > 27 ? 0 : pixels[v * 28 + u] / 255);
  const [a, b] = [x - i, y - j];
  return (
    (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) + (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b
  );
}

/** Where the next shape begins, so that the smallest distance of their ink is `gap`, across or aslant. */
function placeBeside(before, next, gap) {
  const reach = Math.max(0, Math.ceil(gap));
  let least = -Infinity;
  for (let y = before.shape.top; y <= before.shape.bottom; y++) {
    const right = edgeOf(before.shape, y, 1);
    if (right < 0) continue;
    for (let dy = -reach; dy <= reach; dy++) {
      const left = edgeOf(next.shape, y + before.y + dy - next.y, -1);
      if (left < 0) continue;
      least = Math.max(least, before.x + right - left);
    }
  }
  // Shapes on different heights: side by side.
  if (least === -Infinity) least = before.x + before.shape.right - next.shape.left;
  return least + gap + 1;
}

function edgeOf({ side, ink }, y, direction) {
  if (y < 0 || y >= side) return -1;
  for (let k = 0; k < side; k++) {
    const x = direction > 0 ? side - 1 - k : k;
    if (ink[y * side + x] >= 0.5) return x;
  }
  return -1;
}

function paint({ width, height, all, strokes, paper, pitch, size, skew, isPhoto, between, random }) {
  const tone = between(200, 252);
  const page = [tone, tone - between(0, 8), tone - between(0, 25)];
  const inkColor =
    random.below(3) === 0
      ? [between(10, 60), between(20, 70), between(90, 150)]
      : Array(3).fill(between(10, 95));
  const lineColor =
    random.below(2) === 0
      ? [between(120, 190), between(150, 200), between(200, 235)]
      : random.below(2) === 0
        ? [between(210, 235), between(130, 180), between(130, 180)]
        : Array(3).fill(between(140, 195));
  const ink = new Float32Array(width * height);
  const printed = new Float32Array(width * height);
  const add = (plane, x, y, a) => {
    if (x >= 0 && y >= 0 && x < width && y < height) plane[y * width + x] = Math.max(plane[y * width + x], a);
  };
  for (const { shape, x, y } of all) {
    for (let v = 0; v < shape.side; v++)
      for (let u = 0; u < shape.side; u++)
        if (shape.ink[v * shape.side + u] > 0) add(ink, x + u, y + v, shape.ink[v * shape.side + u]);
  }
  for (const [x0, y0, x1, y1, thick] of strokes) {
    for (let y = Math.floor(Math.min(y0, y1) - thick); y <= Math.max(y0, y1) + thick; y++) {
      for (let x = Math.floor(Math.min(x0, x1) - thick); x <= Math.max(x0, x1) + thick; x++) {
        const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
        const t = Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
        add(
          ink,
          x,
          y,
          Math.max(
            0,
            Math.min(1, thick / 2 + 0.5 - Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0))),
          ),
        );
      }
    }
  }
  const thick = between(0.7, 1.8);
  const rule = (position, at) => Math.max(0, Math.min(1, thick / 2 + 0.5 - Math.abs(position - at)));
  const step = paper === 'squared' ? Math.max(8, size * between(0.5, 1.3)) : pitch;
  const [first, side] = [
    paper === 'ruled' ? size * 2 + between(0, 0.25) * size : between(2, step),
    between(2, step),
  ];
  const lean = paper === 'ruled' ? skew * between(0, 1) : between(-0.01, 0.01);
  if (paper !== 'plain') {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const down = (((y - lean * x - first) % step) + step) % step;
        let a = rule(Math.min(down, step - down), 0);
        if (paper === 'squared') {
          const across = (((x + lean * y - side) % step) + step) % step;
          a = Math.max(a, rule(Math.min(across, step - across), 0));
        }
        printed[y * width + x] = a;
      }
    }
  }
  const grain = isPhoto ? between(1, 6) : between(0, 3);
  const shade = isPhoto
    ? [between(-0.35, 0.35), between(-0.35, 0.35)]
    : [between(-0.08, 0.08), between(-0.08, 0.08)];
  const tilt = isPhoto ? between(-0.12, 0.12) : 0;
  const turn = isPhoto ? between(-0.05, 0.05) : 0;
  const zoom = isPhoto ? between(1, 1.6) : 1;
  const margin = isPhoto ? 0.04 * width : 0;
  const [W, H] = [Math.round((width + 2 * margin) * zoom), Math.round((height + 2 * margin) * zoom)];
  // From the picture to the page: turned, and smaller toward one side.
  const toPage = (X, Y) => {
    const [u, v] = [X / zoom - margin - width / 2, Y / zoom - margin - height / 2];
    const k = 1 + (tilt * u) / width;
    return [
      (u * Math.cos(turn) + v * Math.sin(turn)) * k + width / 2,
      (v * Math.cos(turn) - u * Math.sin(turn)) * k + height / 2,
    ];
  };
  const data = new Uint8Array(3 * W * H);
  const look = (plane, x, y) => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const at = (u, v) => (u < 0 || v < 0 || u >= width || v >= height ? 0 : plane[v * width + u]);
    const [a, b] = [x - i, y - j];
    return (
      (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) + (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b
    );
  };
  for (let Y = 0; Y < H; Y++) {
    for (let X = 0; X < W; X++) {
      const [x, y] = isPhoto ? toPage(X, Y) : [X, Y];
      const a = isPhoto ? look(ink, x, y) : ink[Y * width + X];
      const p = isPhoto ? look(printed, x, y) : printed[Y * width + X];
      const light = 1 + shade[0] * (X / W - 0.5) + shade[1] * (Y / H - 0.5);
      const noise = grain * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2;
      for (let c = 0; c < 3; c++) {
        const sheet = page[c] + (lineColor[c] - page[c]) * p;
        data[3 * (Y * W + X) + c] = Math.max(
          0,
          Math.min(255, Math.round((sheet + (inkColor[c] - sheet) * a) * light + noise)),
        );
      }
    }
  }
  return {
    width: W,
    height: H,
    data,
    toPage: (X, Y) => (isPhoto ? toPage(X, Y) : [X, Y]),
    boxOf: (box) => moved(box, isPhoto ? (x, y) => fromPage(toPage, x, y, W, H) : undefined),
  };
}

function fromPage(toPage, x, y, W, H) {
  let [X, Y] = [W / 2, H / 2];
  for (let round = 0; round < 30; round++) {
    const [u, v] = toPage(X, Y);
    X += x - u;
    Y += y - v;
  }
  return [X, Y];
}

function moved({ left, right, top, bottom }, map) {
  if (!map) return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  const corners = [map(left, top), map(right, top), map(left, bottom), map(right, bottom)];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
