// Writes packages/core/src/data/pages/digit-shapes.ts: what the shapes of each digit are like, measured on digits of
// MNIST's training set (the first 40,000) that were found on composed pages.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { candidatesOnPage } from '../../packages/core/dist/data/pages/find-digits.js';
import { FEATURES, shapeFeatures } from '../../packages/core/dist/data/pages/shape-features.js';
import { createPredictor } from '../../packages/core/dist/engine.js';
import { loadModel } from '../../packages/core/dist/index.js';
import { createRandom } from '../../packages/core/dist/maths.js';
import { mnistTraining } from '../../packages/mnist/dist/index.js';
import { CONTENTS, composePage, PAPERS } from './compose-page.js';
import { shareOf } from './measure-pages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = Number(process.argv[2] ?? 12);
const model = await loadModel(readFileSync(path.join(root, 'packages/studio/models/draw.safetensors')));
const predictor = createPredictor(model.network, model.record);
const digits = (await mnistTraining()).slice(0, 40_000);
const found = Array.from({ length: 10 }, () => []);
for (let seed = 1000; seed < 1000 + PAGES; seed++) {
  for (const content of CONTENTS) {
    for (const paper of PAPERS) {
      for (const isPhoto of [false, true]) {
        const random = createRandom(seed, `${content} ${paper} ${isPhoto}`);
        const page = composePage(digits, random, { content, paper, isPhoto, touching: 0 });
        const { lines, page: ink } = candidatesOnPage(page.picture, 'a page', (pixels) =>
          predictor.predict(pixels),
        );
        const all = lines.flatMap(({ candidates }) => candidates);
        for (const { box, label } of page.lines.flat()) {
          let [best, most] = [undefined, 0.7];
          for (const candidate of all) {
            const { left, right, top, bottom } = candidate.extent;
            const there = {
              x: left * ink.scale,
              y: top * ink.scale,
              width: (right - left + 1) * ink.scale,
              height: (bottom - top + 1) * ink.scale,
            };
            const share = shareOf(there, box);
            if (share > most) [best, most] = [candidate, share];
          }
          if (best && best.digit === label) found[label].push([...shapeFeatures(best.framed.pixels)]);
        }
      }
    }
  }
}
const rows = found.map((shapes) => {
  const mean = Array.from(
    { length: FEATURES },
    (_, i) => shapes.reduce((sum, shape) => sum + shape[i], 0) / shapes.length,
  );
  const covariance = mean.map((_, i) =>
    mean.map(
      (__, j) =>
        shapes.reduce((sum, shape) => sum + (shape[i] - mean[i]) * (shape[j] - mean[j]), 0) / shapes.length +
        (i === j ? 0.004 : 0),
    ),
  );
  return [...mean, ...inverseRoot(covariance)].map((value) => Number(value.toFixed(2)));
});
writeFileSync(
  path.join(root, 'packages/core/src/data/pages/digit-shapes.ts'),
  `// Written by scripts/pages/fit-shapes.js from ${found.reduce((sum, { length }) => sum + length, 0)} digits.

/**
 * Of each digit: the mean of its shape's numbers (\`shapeFeatures\`), then row by row the lower triangle of a matrix that
 * makes their differences from the mean independent, with a standard deviation of 1.
 */
export const DIGIT_SHAPES: readonly (readonly number[])[] = ${JSON.stringify(rows)};
`,
);

/** The inverse of the Cholesky factor, its lower triangle row by row. */
function inverseRoot(matrix) {
  const n = matrix.length;
  const root = matrix.map(() => new Array(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= root[i][k] * root[j][k];
      root[i][j] = i === j ? Math.sqrt(sum) : sum / root[j][j];
    }
  }
  const inverse = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= root[i][k] * inverse[(k * (k + 1)) / 2 + j];
      inverse.push(sum / root[i][i]);
    }
  }
  return inverse;
}
