// Adds the data to the page: the four packed files of @longhand/mnist, and the first 2,000 digits in a
// separate file that loads before all others. The module `virtual:digits` tells the page their names.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { mnist } from '@longhand/mnist';
import { DIGITS_FILES } from '@longhand/mnist/packed';

const MODULE = 'virtual:digits';
/** How many of the training set, and of the test set, are in the first file. */
const FIRST = 1000;
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
      const told = Object.entries(files).map(([name, { path: file, source }]) => [
        name,
        { path: file, bytes: source.length },
      ]);
      return `export const DIGITS = ${JSON.stringify(Object.fromEntries(told))}; export const FIRST = ${FIRST};`;
    },
  };
}

async function packDigits() {
  // Reading them through the package verifies every file by its SHA-256.
  const { training, test } = await mnist();
  const first = firstOf(training, test);
  const packed = { first: named('first', createHash('sha256').update(first).digest('hex'), gzipSync(first)) };
  for (const [name, { packed: file, sha256 }] of Object.entries(DIGITS_FILES)) {
    const source = await readFile(fileURLToPath(import.meta.resolve(`@longhand/mnist/digits/${file}`)));
    packed[name] = named(file.replace(/\.bin$/, ''), sha256, source);
  }
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
function named(name, sha256, source) {
  return { path: `data/${name}.${sha256.slice(0, 8)}.bin`, source };
}
