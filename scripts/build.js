// Builds what changed: the kernels (AssemblyScript → bytes inside a TypeScript file), then every package.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.js';

const root = fileURLToPath(new URL('..', import.meta.url));

await buildKernels();
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const { status } = spawnSync(process.execPath, [tsc, '-b', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
