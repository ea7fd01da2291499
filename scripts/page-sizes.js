// What a page loads that predicts or trains, as Vite builds it: programs and workers, gzipped.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const STUDIO = fileURLToPath(new URL('../packages/studio/', import.meta.url));

const PAGES = {
  predict: "import { loadModel } from '@longhand/core'; globalThis.used = loadModel;",
  train:
    "import { createNetwork, Dataset, train } from '@longhand/core'; globalThis.used = [createNetwork, Dataset, train];",
  fit: "import { fit } from '@longhand/core'; globalThis.used = fit;",
};

/**
 * @returns {Promise<Record<keyof typeof PAGES, { bytes: number, later: Record<string, number> }>>} what
 *   each page needs, in bytes: its program with all that this imports, and the worker. `later` has the
 *   files that it loads only in the cases in which it needs them, with what each imports besides.
 */
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
      sizes[name] = sizesOf(output.filter(({ fileName }) => fileName.endsWith('.js')));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  return sizes;
}

function sizesOf(files) {
  const fileNamed = new Map(files.map((file) => [file.fileName, file]));
  // What a file imports before it runs. A worker is an asset, which imports nothing.
  const take = (file, taken) => {
    if (taken.has(file)) return;
    taken.add(file);
    for (const name of file.imports ?? []) take(fileNamed.get(name), taken);
  };
  const needed = new Set();
  for (const file of files) if (file.isEntry || file.type === 'asset') take(file, needed);
  const bytesOf = (of) =>
    [...of].reduce((sum, { code, source }) => sum + gzipSync(code ?? source, { level: 9 }).length, 0);
  const later = {};
  for (const file of files) {
    if (!file.isDynamicEntry) continue;
    const taken = new Set(needed);
    take(file, taken);
    later[file.name] = bytesOf(taken) - bytesOf(needed);
  }
  return { bytes: bytesOf(needed), later };
}
