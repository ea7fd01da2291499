// Builds the service worker, which keeps the page for offline use: it must know the names of all
// built files.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';

const PROGRAM = path.join(import.meta.dirname, '..', 'src', 'workers', 'service-worker.ts');
/** The first digits are part of the page: without them it could show nothing. */
const isLaterData = (name) => name.startsWith('data/') && !name.startsWith('data/first.');

/** @returns {import('vite').Plugin} */
export function offline() {
  let publicFolder;
  return {
    name: 'longhand-offline',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicFolder = config.publicDir;
    },
    async generateBundle(_, bundle) {
      const built = new Map(
        Object.values(bundle)
          .filter(({ fileName }) => !fileName.endsWith('.map'))
          .map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]),
      );
      const data = [...built.keys()].filter(isLaterData);
      for (const name of [...data, 'licenses.txt']) built.delete(name);
      for (const name of await readdir(publicFolder))
        built.set(name, await readFile(path.join(publicFolder, name)));

      const program = await readFile(PROGRAM, 'utf8');
      const hash = createHash('sha256').update(program);
      for (const [name, contents] of [...built].sort(([a], [b]) => (a < b ? -1 : 1)))
        hash.update(name).update(contents);
      // Visitors ask for the folder, which the host answers with index.html.
      const files = [...built.keys()].map((name) => (name === 'index.html' ? './' : name));
      const { code } = await transform(program, {
        loader: 'ts',
        minify: true,
        define: {
          FILES: JSON.stringify(files),
          DIGITS: JSON.stringify(data),
          VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
        },
      });
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: code });
    },
  };
}
