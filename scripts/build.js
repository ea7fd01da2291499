// Builds what changed: the kernels (AssemblyScript → bytes inside a TypeScript file), then every package,
// core as one file for browsers, the command as a few files, the digits, then the page.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.js';

const root = fileURLToPath(new URL('..', import.meta.url));

await buildKernels();
for (const folder of [
  'packages/core',
  'packages/mnist',
  'packages/formats',
  'packages/sweep',
  'packages/cli',
])
  removeStale(`${folder}/src`, `${folder}/dist`);
removeStale('tests', 'tests/dist');
process.exitCode =
  runIn('.', 'typescript/bin/tsc', '-b', ...process.argv.slice(2)) ||
  runIn('.', '../scripts/build-browser.js') ||
  runIn('.', '../scripts/build-command.js') ||
  runIn('packages/mnist', '../packages/mnist/build/pack-digits.js') ||
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

/** Removes compiled files whose source is gone: the compiler leaves them, and their tests would still run. */
function removeStale(source, compiled) {
  if (!existsSync(`${root}${compiled}`)) return;
  for (const name of readdirSync(`${root}${compiled}`, { recursive: true })) {
    const stem = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(name)?.[1];
    if (stem === undefined || existsSync(`${root}${source}/${stem}.ts`)) continue;
    rmSync(`${root}${compiled}/${name}`);
  }
}
