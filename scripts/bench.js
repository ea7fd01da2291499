// `npm run bench`: sets up, installs the other programs, then measures Longhand and them side by
// side (bench/README.md).
//   --quick          fewer and shorter rounds
//   --only PATTERN   only some tasks; like --quick, it leaves bench/RESULTS.md as it is
//   --json FILE      also writes the results to that file
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root, say, setUp, whenChanged } from './setup.js';
import { setupRuntimes } from './setup-runtimes.js';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, json: { type: 'string' } },
});
setUp();
// Chromium, for the studio.
await setupRuntimes();
installPrograms();
const { bench } = await import('../bench/run.js');
process.exitCode = (await bench(flags, say)) ? 0 : 1;

/**
 * A program that cannot be installed is listed as missing in the results. Longhand is measured
 * anyway.
 */
function installPrograms() {
  const folder = path.join(root, 'bench');
  try {
    const inputs = ['bench/package.json', 'bench/package-lock.json'];
    if (!whenChanged('bench', inputs, install) && !existsSync(path.join(folder, 'node_modules'))) install();
  } catch (error) {
    say(`${error.message}. The results will not have the other JavaScript programs.`);
  }

  function install() {
    say('Installing the other programs into bench/node_modules …');
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      // npm is a script on Windows, which only a shell can start.
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('npm ci failed in bench/');
  }
}
