// Writes the service worker, which keeps the page for offline use: it must know the names of all files that were built.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';

/** @returns {import('vite').Plugin} */
export function offline() {
  return {
    name: 'longhand-offline',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const names = Object.keys(bundle).filter((name) => !name.endsWith('.map') && !name.startsWith('data/'));
      const files = [
        './',
        ...names.filter((name) => name !== 'index.html'),
        'icon.svg',
        'studio.webmanifest',
      ];
      const hash = createHash('sha256');
      for (const name of names.sort()) {
        const file = bundle[name];
        hash.update(name).update(file.type === 'chunk' ? file.code : file.source);
      }
      const program = await readFile(
        path.join(import.meta.dirname, '..', 'src', 'work', 'service-worker.ts'),
        'utf8',
      );
      const { code } = await transform(program, {
        loader: 'ts',
        minify: true,
        define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)) },
      });
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: code });
    },
  };
}
