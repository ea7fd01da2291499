// Writes the licenses of what the page contains into one file beside it: they must go with every copy.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const PACKAGES = [
  'preact',
  '@preact/signals',
  '@preact/signals-core',
  'idb',
  'uplot',
  'uqr',
  '@codemirror/autocomplete',
  '@codemirror/commands',
  '@codemirror/lang-javascript',
  '@codemirror/language',
  '@codemirror/state',
  '@codemirror/view',
  '@lezer/common',
  '@lezer/highlight',
  '@lezer/javascript',
  '@lezer/lr',
  '@marijn/find-cluster-break',
  'crelt',
  'style-mod',
  'w3c-keyname',
  '@jsquash/jpeg',
  '@jsquash/webp',
  'fflate',
  'hyparquet',
  'hyparquet-compressors',
  'jpeg-js',
  '@fontsource/shantell-sans',
  '@fontsource/source-serif-4',
  '@fontsource/stix-two-math',
  '@fontsource/stix-two-text',
];

/** @returns {import('vite').Plugin} */
export function licenses() {
  return {
    name: 'longhand-licenses',
    apply: 'build',
    async buildStart() {
      const root = path.join(import.meta.dirname, '..');
      const texts = await Promise.all(
        PACKAGES.map(async (name) => {
          const license = await readFile(path.join(folderOf(name), 'LICENSE'), 'utf8');
          return `${name}\n\n${license.trim()}\n`;
        }),
      );
      const own = [
        await readFile(path.join(root, 'NOTICE'), 'utf8'),
        `Longhand\n\n${await readFile(path.join(root, 'LICENSE'), 'utf8')}`,
      ];
      const source = [...own, ...texts].join(`\n${'-'.repeat(78)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
    },
  };
}

/** The folder of an installed package, which need not export its package.json. */
function folderOf(name) {
  const { resolve } = createRequire(import.meta.url);
  const folders = resolve.paths(name).map((folder) => path.join(folder, name));
  const entry = resolve(name);
  return folders.find((folder) => entry.startsWith(folder + path.sep));
}
