// Holds the sizes the README promises: the compiled kernels, and the core as a page would ship it.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const LIMIT_BYTES = 40_000;

/** @returns {{ kernels: number, bundle: number }} bytes: the compiled kernels; core and its worker, minified and gzipped */
export function sizes() {
  const generated = readFileSync(
    new URL('../packages/core/src/engine/kernels.generated.ts', import.meta.url),
    'utf8',
  );
  const base64 = /['"`]([A-Za-z0-9+/=]{1000,})['"`]/.exec(generated)?.[1];
  if (!base64) throw new Error('no kernels found in kernels.generated.ts');
  const { outputFiles } = buildSync({
    entryPoints: ['index', 'engine/worker'].map((name) => `packages/core/dist/${name}.js`),
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
  return { kernels: Buffer.from(base64, 'base64').length, bundle };
}

for (const [name, bytes] of Object.entries(sizes())) {
  process.stdout.write(
    `${name}: ${bytes.toLocaleString('en-US')} of at most ${LIMIT_BYTES.toLocaleString('en-US')} bytes\n`,
  );
  if (bytes > LIMIT_BYTES) process.exitCode = 1;
}
