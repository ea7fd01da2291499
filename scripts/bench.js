// `npm run bench`: sets up, installs the other programs, then measures Longhand beside them (bench/README.md).
//   --quick          fewer and shorter rounds; --only PATTERN  some works; both leave bench/RESULTS.md as it is
//   --json FILE      the results there too
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

/** What cannot be installed is named as missing in the results: Longhand is measured all the same. */
function installPrograms() {
  const folder = path.join(root, 'bench');
  try {
    const inputs = ['bench/package.json', 'bench/package-lock.json'];
    if (!whenChanged('bench', inputs, install) && !existsSync(path.join(folder, 'node_modules'))) install();
  } catch (error) {
    say(`${error.message}: the programs in JavaScript will be missing.`);
  }

  function install() {
    say('Installing the programs to measure against, into bench/node_modules …');
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      // npm is a script on Windows, which only a shell can start.
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('npm ci failed in bench/');
  }
}
