// Checks sizes: the compiled kernels, the core as a web page would load it, and the programs and
// styles that the studio's first view loads, and what a page loads that predicts or trains.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { pageSizes } from './page-sizes.js';

const LIMIT_BYTES = {
  ...{ kernels: 40_000, bundle: 59_500, browserFile: 90_000, firstView: 120_000 },
  // Pages as Vite builds them. The goal for those that train is 45,000: passes and maths are in the
  // page and again in its worker.
  ...{ predict: 20_000, train: 58_500, fit: 69_000 },
};
const STUDIO = fileURLToPath(new URL('../packages/studio/dist/', import.meta.url));

/**
 * @returns {{ kernels: number, bundle: number }} in bytes: the compiled kernels; core and its worker,
 *   minified and gzipped
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
  const measured = { kernels, bundle, browserFile: browserFile(), ...(await pageSizes()) };
  if (existsSync(path.join(STUDIO, 'index.html'))) measured.firstView = firstView().bytes;
  else {
    process.stdout.write('firstView: the studio is not built\n');
    process.exitCode = 1;
  }
  for (const [name, bytes] of Object.entries(measured)) {
    const [found, limit] = [bytes, LIMIT_BYTES[name]].map((size) => size.toLocaleString('en-US'));
    process.stdout.write(`${name}: ${found} of at most ${limit} bytes\n`);
    if (bytes > LIMIT_BYTES[name]) process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await check();
