// Builds core as one file for a web page without a bundler: packages/core/dist/longhand.browser.js. The
// worker is inside, as text, so that it also starts when the file comes from another origin.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, buildSync } from 'esbuild';

const dist = fileURLToPath(new URL('../packages/core/dist/', import.meta.url));

const OPTIONS = { bundle: true, minify: true, target: 'es2022', legalComments: 'none', logLevel: 'warning' };

/** What a bundler sees, as the compiler writes it. */
const WORKER = "new Worker(new URL('./longhand-worker.js', import.meta.url), { type: 'module' })";

/** @returns {Promise<void>} once the file is written */
export async function buildBrowserFile() {
  const { outputFiles } = buildSync({
    ...OPTIONS,
    entryPoints: [`${dist}engine/threads/longhand-worker.js`],
    format: 'iife',
    // Only Node's part asks for it.
    logOverride: { 'empty-import-meta': 'silent' },
    write: false,
  });
  const inlined = {
    name: 'worker inside',
    setup({ onLoad }) {
      onLoad({ filter: /threads[\\/]web-worker\.js$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes(WORKER))
          throw new Error(`${path}: the line that starts the worker was not found`);
        const blob = `new Blob([${JSON.stringify(outputFiles[0].text)}], { type: 'text/javascript' })`;
        return { contents: source.replace(WORKER, () => `new Worker(URL.createObjectURL(${blob}))`) };
      });
    },
  };
  await build({
    ...OPTIONS,
    entryPoints: [`${dist}index.js`],
    format: 'esm',
    outfile: `${dist}longhand.browser.js`,
    plugins: [inlined],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildBrowserFile();
