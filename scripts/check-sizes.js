// Checks sizes: the compiled kernels, all of core, the programs and styles that the studio's first
// view loads, and what a page loads that predicts or trains.
//
// What a page needs counts as Vite builds it: its program, all that this imports before it runs, and
// the worker. With the defaults, on a page that shares memory with its workers, it loads nothing else.
// What does not count is loaded by `import()` when a case needs it, and is printed under the page:
// - own-thread: all passes once more, where no worker can be started, with `threads: 0`, or when `fit`
//   finds the data so small that a worker is not worth its start (then the worker is not loaded);
// - remote-backend: where a page may not share memory, so that one worker has a memory of its own;
// - maths-engine: with `engine: 'maths'`;
// - displacement-field: with elastic distortion;
// - diagnose: when the loss is no longer finite, to find out why.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { pageSizes } from './page-sizes.js';

const LIMIT_BYTES = {
  ...{ kernels: 40_000, bundle: 100_000, browserFile: 101_500, firstView: 120_000 },
  ...{ predict: 20_000, train: 45_000, fit: 70_000 },
};
const STUDIO = fileURLToPath(new URL('../packages/studio/dist/', import.meta.url));

/**
 * @returns {{ kernels: number, bundle: number }} in bytes: the compiled kernels; core with its worker and
 *   all that it loads later, minified, each file gzipped
 */
export function sizes() {
  const generated = readFileSync(
    new URL('../packages/core/src/engine/bindings/kernels.generated.ts', import.meta.url),
    'utf8',
  );
  const kernels = Number(/The compiled kernels, (\d+) bytes/.exec(generated)?.[1]);
  if (!kernels) throw new Error('no kernels found in kernels.generated.ts');
  const { outputFiles } = buildSync({
    entryPoints: ['index', 'engine/threads/longhand-worker'].map((name) => `packages/core/dist/${name}.js`),
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    outdir: 'bundle',
    write: false,
  });
  const bundle = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return { kernels, bundle };
}

/** The size of core in one file for pages without a bundler, gzipped. Its worker is inside. */
function browserFile() {
  const file = new URL('../packages/core/dist/longhand.browser.js', import.meta.url);
  return gzipSync(readFileSync(file), { level: 9 }).length;
}

/**
 * The files that the studio needs before its first page can show: those that index.html names, and
 * those that these import. What a page imports when it is opened does not count.
 *
 * @param {string} dist the built page
 * @returns {{ files: Record<string, number>, bytes: number }} the size of each file, gzipped, and the
 *   sum
 */
export function firstView(dist = STUDIO) {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const named = [...html.matchAll(/<(?:script|link)\s[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => /^<script|rel="(?:stylesheet|modulepreload)"/.test(tag))
    .map((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1])
    .filter((address) => address !== undefined);
  const files = {};
  const take = (name) => {
    if (name in files) return;
    const contents = readFileSync(path.join(dist, name));
    files[name] = gzipSync(contents, { level: 9 }).length;
    if (name.endsWith('.js')) {
      for (const imported of staticImports(path.join(dist, name))) take(path.relative(dist, imported));
    } else {
      for (const [, imported] of contents.toString().matchAll(/@import\s+(?:url\()?["']?([^"')\s;]+)/g))
        take(path.join(path.dirname(name), imported));
    }
  };
  for (const address of named) take(path.normalize(address));
  return { files, bytes: Object.values(files).reduce((sum, size) => sum + size, 0) };
}

/** The files that a built program imports before it runs. */
function staticImports(file) {
  const { metafile } = buildSync({
    entryPoints: [file],
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    outdir: 'unused',
    logLevel: 'error',
  });
  const input = Object.entries(metafile.inputs).find(([name]) => path.resolve(name) === file);
  return input[1].imports
    .filter(({ kind, external }) => kind === 'import-statement' && !external)
    .map(({ path: imported }) => path.resolve(imported));
}

async function check() {
  const { kernels, bundle } = sizes();
  const pages = await pageSizes();
  const measured = { kernels, bundle, browserFile: browserFile() };
  for (const [name, { bytes }] of Object.entries(pages)) measured[name] = bytes;
  if (existsSync(path.join(STUDIO, 'index.html'))) measured.firstView = firstView().bytes;
  else {
    process.stdout.write('firstView: the studio is not built\n');
    process.exitCode = 1;
  }
  for (const [name, bytes] of Object.entries(measured)) {
    const [found, limit] = [bytes, LIMIT_BYTES[name]].map((size) => size.toLocaleString('en-US'));
    process.stdout.write(`${name}: ${found} of at most ${limit} bytes\n`);
    if (bytes > LIMIT_BYTES[name]) process.exitCode = 1;
    for (const [part, more] of Object.entries(pages[name]?.later ?? {}))
      process.stdout.write(`  and ${more.toLocaleString('en-US')} more when it needs ${part}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await check();
