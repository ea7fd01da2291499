// Builds what changed: the kernels (AssemblyScript → bytes inside a TypeScript file), then every package, then the page.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.js';

const root = fileURLToPath(new URL('..', import.meta.url));

await buildKernels();
process.exitCode =
  runIn('.', 'typescript/bin/tsc', '-b', ...process.argv.slice(2)) ||
  // The page takes what was built before it; its own types are looked at by `npm test`.
  runIn('packages/studio', 'vite/bin/vite.js', 'build', '--logLevel', 'warn');

/** @returns {number} the exit code of a package's program, run in a folder of the repository */
function runIn(folder, program, ...args) {
  const { status } = spawnSync(process.execPath, [`${root}node_modules/${program}`, ...args], {
    cwd: `${root}${folder}`,
    stdio: 'inherit',
  });
  return status ?? 1;
}
