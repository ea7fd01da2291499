// What a page loads that predicts or trains, as Vite builds it: programs and workers, gzipped.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const STUDIO = fileURLToPath(new URL('../packages/studio/', import.meta.url));

const PAGES = {
  predict: "import { loadModel } from '@longhand/core'; globalThis.used = loadModel;",
  train: "import { createNetwork, train } from '@longhand/core'; globalThis.used = [createNetwork, train];",
  fit: "import { fit } from '@longhand/core'; globalThis.used = fit;",
};

/** @returns {Promise<Record<keyof typeof PAGES, number>>} in bytes */
export async function pageSizes() {
  // Vite belongs to the studio.
  const { build } = await import(import.meta.resolve('vite'));
  const sizes = {};
  for (const [name, program] of Object.entries(PAGES)) {
    const root = mkdtempSync(path.join(STUDIO, '.page-'));
    try {
      writeFileSync(path.join(root, 'index.html'), '<script type="module" src="./main.js"></script>');
      writeFileSync(path.join(root, 'main.js'), program);
      const { output } = await build({
        root,
        configFile: false,
        logLevel: 'silent',
        build: { write: false },
      });
      sizes[name] = output
        .filter(({ fileName }) => fileName.endsWith('.js'))
        .reduce((sum, { code, source }) => sum + gzipSync(code ?? source, { level: 9 }).length, 0);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  return sizes;
}
