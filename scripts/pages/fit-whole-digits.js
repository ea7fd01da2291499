// Writes packages/core/src/data/pages/whole-digits.ts: a small network that tells one whole digit from parts and pairs.
// It learns from the candidates on pages that are composed of MNIST's training digits 0 to 49,999:
//
//     node scripts/pages/fit-whole-digits.js [PAGES OF EACH KIND]
import { writeFileSync } from 'node:fs';
import { candidatesOnPage } from '../../packages/core/dist/data/pages/find-digits.js';
import { halved } from '../../packages/core/dist/data/pages/wholeness.js';
import { createRandom } from '../../packages/core/dist/maths.js';
import { mnistTraining } from '../../packages/mnist/dist/index.js';
import { CONTENTS, composePage, PAPERS } from './compose-page.js';

const PAGES = Number(process.argv[2] ?? 5);
const FIRST_SEED = 3000;
/** More of them touch than on the pages that are measured. */
const TOUCHING = 0.35;
const HIDDEN = 64;
const EPOCHS = 14;
const BATCH = 256;
const RATE = 0.003;
const DECAY = 0.01;
/** Weights are stored as whole numbers from −15 to 15, as characters around this one. */
const LEVELS = 15;
const ZERO = 63;

const { inputs, labels } = await examples();
const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
process.stdout.write(`${labels.length} candidates, ${(100 * share).toFixed(1)} % of them whole digits\n`);
write(train(inputs, labels));

/** All candidates, without those that are nearly a digit: whether it is one is not clear. */
async function examples() {
  const digits = (await mnistTraining()).slice(0, 50_000);
  const inputs = [];
  const labels = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + PAGES; seed++) {
    for (const content of CONTENTS) {
      for (const paper of PAPERS) {
        for (const isPhoto of [false, true]) {
          const random = createRandom(seed, `${content} ${paper} ${isPhoto}`);
          const page = composePage(digits, random, { content, paper, isPhoto, touching: TOUCHING });
          for (const { candidate, isWhole } of labeled(page)) {
            if (isWhole === undefined) continue;
            inputs.push(Float32Array.of(...halved(candidate.framed.pixels), ...candidate.place));
            labels.push(Number(isWhole));
          }
        }
      }
    }
  }
  return { inputs, labels };
}

function labeled({ picture, lines: written, ownerAt }) {
  // What the network says does not count here.
  const { page, lines } = candidatesOnPage(picture, 'a page', () => [1], undefined, -Infinity);
  const { ink, markOf, scale } = page;
  const ownerOf = Int32Array.from(markOf, (mark, at) => {
    const [x, y] = [at % ink.width, Math.floor(at / ink.width)];
    return mark > 0 ? 1 + ownerAt((x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5) : 0;
  });
  const count = written.flat().length + 1;
  const total = new Float64Array(count);
  for (const [at, mark] of markOf.entries()) if (mark > 0) total[ownerOf[at]] += ink.data[at];
  const all = lines
    .flatMap(({ candidates }) => candidates)
    .map((candidate) => {
      const { framed, extent } = candidate;
      const [left, top] = [Math.max(0, extent.left - 1), Math.max(0, extent.top - 1)];
      const parts = new Float64Array(count);
      for (const [place, value] of framed.ink.data.entries()) {
        const [x, y] = [place % framed.ink.width, Math.floor(place / framed.ink.width)];
        const at = (top + y) * ink.width + left + x;
        if (value > 0 && markOf[at] > 0) parts[ownerOf[at]] += value;
      }
      let owner = 1;
      for (let k = 1; k < count; k++) if (parts[k] > (parts[owner] ?? 0)) owner = k;
      const sum = parts.reduce((a, b) => a + b, 0);
      const own = (parts[owner] ?? 0) / Math.max(sum, 1e-9);
      const complete = (parts[owner] ?? 0) / Math.max(total[owner] ?? 0, 1e-9);
      let other = 0;
      for (let k = 1; k < count; k++) {
        if (k !== owner && total[k] > 0) other = Math.max(other, parts[k] / total[k]);
      }
      const score = (2 * own * complete) / (own + complete + 1e-9);
      const isWhole =
        own > 0.93 && complete > 0.92 && other < 0.3
          ? true
          : own < 0.88 || complete < 0.85 || other > 0.5
            ? false
            : undefined;
      return { candidate, isWhole, owner: parts[owner] > 0 ? owner : 0, other, score };
    });
  // The best of a digit is the whole digit, even if the cut is not quite right.
  for (let digit = 1; digit < count; digit++) {
    const best = all
      .filter(({ owner, other }) => owner === digit && other <= 0.5)
      .reduce((a, b) => (b.score > (a?.score ?? 0.86) ? b : a), undefined);
    if (best) best.isWhole = true;
  }
  return all;
}

/** Cross-entropy, by Adam with decay of the weights, at a rate that falls as a cosine. */
function train(inputs, labels) {
  const random = createRandom(1, 'whole digits');
  const size = inputs[0].length;
  const normal = () => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += random.uniform();
    return sum;
  };
  const parameters = [
    Float32Array.from({ length: HIDDEN * size }, () => normal() * Math.sqrt(2 / size)),
    new Float32Array(HIDDEN),
    Float32Array.from({ length: HIDDEN }, () => normal() * Math.sqrt(1 / HIDDEN)),
    Float32Array.of(-1),
  ];
  const [W, b, sum, bias] = parameters;
  const gradients = parameters.map(({ length }) => new Float32Array(length));
  const means = parameters.map(({ length }) => new Float32Array(length));
  const squares = parameters.map(({ length }) => new Float32Array(length));
  const order = Int32Array.from(labels.keys());
  const steps = EPOCHS * Math.floor(order.length / BATCH);
  const hidden = new Float32Array(HIDDEN);
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let k = order.length - 1; k > 0; k--) {
      const other = random.below(k + 1);
      [order[k], order[other]] = [order[other], order[k]];
    }
    let loss = 0;
    for (let start = 0; start + BATCH <= order.length; start += BATCH) {
      for (const gradient of gradients) gradient.fill(0);
      for (let k = start; k < start + BATCH; k++) {
        const input = inputs[order[k]];
        const label = labels[order[k]];
        let z = bias[0];
        for (let unit = 0; unit < HIDDEN; unit++) {
          let product = b[unit];
          const at = unit * size;
          for (let i = 0; i < size; i++) product += W[at + i] * input[i];
          hidden[unit] = Math.max(product, 0);
          z += sum[unit] * hidden[unit];
        }
        const p = 1 / (1 + Math.exp(-z));
        loss -= Math.log(Math.max(1e-7, label === 1 ? p : 1 - p));
        const error = (p - label) / BATCH;
        gradients[3][0] += error;
        for (let unit = 0; unit < HIDDEN; unit++) {
          if (hidden[unit] === 0) continue;
          gradients[2][unit] += error * hidden[unit];
          const back = error * sum[unit];
          gradients[1][unit] += back;
          const at = unit * size;
          for (let i = 0; i < size; i++) gradients[0][at + i] += back * input[i];
        }
      }
      step++;
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      const [m, v] = [1 - 0.9 ** step, 1 - 0.999 ** step];
      for (const [k, values] of parameters.entries()) {
        for (let i = 0; i < values.length; i++) {
          const gradient = gradients[k][i];
          means[k][i] = 0.9 * means[k][i] + 0.1 * gradient;
          squares[k][i] = 0.999 * squares[k][i] + 0.001 * gradient * gradient;
          values[i] -= rate * (DECAY * values[i] + means[k][i] / m / (Math.sqrt(squares[k][i] / v) + 1e-8));
        }
      }
    }
    const count = Math.floor(order.length / BATCH) * BATCH;
    process.stdout.write(`epoch ${epoch + 1}: loss ${(loss / count).toFixed(4)}\n`);
  }
  return { W, b, sum, bias: bias[0], size };
}

function write({ W, b, sum, bias, size }) {
  let weights = '';
  const scales = [];
  for (let unit = 0; unit < HIDDEN; unit++) {
    const row = W.subarray(unit * size, (unit + 1) * size);
    const scale = row.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9) / LEVELS;
    scales.push(scale);
    for (const value of row) weights += String.fromCharCode(ZERO + Math.round(value / scale));
  }
  const short = (values) => JSON.stringify([...values].map((value) => Number(value.toPrecision(6))));
  writeFileSync(
    new URL('../../packages/core/src/data/pages/whole-digits.ts', import.meta.url),
    `// Written by scripts/pages/fit-whole-digits.js from ${labels.length} candidates.

/** The network of \`wholeness\`. */
export const WHOLE_DIGITS: {
  /**
   * The weights of the hidden units, one unit after the other, as whole numbers from −15 to 15: characters from 0 to N,
   * of which ? is 0. Text of few characters is small when compressed.
   */
  readonly weights: string;
  /** What the weights of each hidden unit are multiplied by. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  /** The weight of each hidden unit in the sum, and the bias of the sum. */
  readonly sum: readonly number[];
  readonly bias: number;
} = {
  weights: '${weights}',
  scales: ${short(scales)},
  biases: ${short(b)},
  sum: ${short(sum)},
  bias: ${Number(bias.toPrecision(6))},
};
`,
  );
}
