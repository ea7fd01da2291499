// Sets up the tools that the tests of environments build with: bundlers, frameworks, workerd, versions
// of TypeScript and Node. Each has a folder with a lock file in tests/environments/tools, and is
// installed outside the repository, as in anybody's project.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, say } from './setup.js';

const tools = path.join(root, 'tests', 'environments', 'tools');

/**
 * Installs what is missing and writes the list to `node_modules/.longhand/environments.json`, which
 * the tests read: for each tool the folder that has it, or a sentence that says why it is missing.
 *
 * @returns {Record<string, { folder?: string, missing?: string }>}
 */
export function setupEnvironments() {
  const found = Object.fromEntries(readdirSync(tools).map((name) => [name, install(name)]));
  const file = path.join(root, 'node_modules', '.longhand', 'environments.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  for (const { missing } of Object.values(found))
    if (missing) say(`${missing} Tests that need it will not run.`);
  return found;
}

function install(name) {
  const files = ['package.json', 'package-lock.json'];
  const hash = createHash('sha256').update(process.platform).update(process.arch);
  for (const file of files) hash.update(readFileSync(path.join(tools, name, file)));
  const user = process.getuid?.() ?? os.userInfo().username;
  const folder = path.join(
    os.tmpdir(),
    `longhand-environments-${user}`,
    `${name}-${hash.digest('hex').slice(0, 12)}`,
  );
  const stamp = path.join(folder, 'node_modules', '.longhand');
  if (existsSync(stamp)) return { folder };
  say(`Installing ${name} for the tests of environments …`);
  mkdirSync(folder, { recursive: true });
  for (const file of files)
    writeFileSync(path.join(folder, file), readFileSync(path.join(tools, name, file)));
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another system (setup.js).
  const { status, stderr, error } = spawnSync(
    'npm',
    [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
    ],
    // npm is a script on Windows, which only a shell can start.
    { cwd: folder, encoding: 'utf8', timeout: 600_000, shell: process.platform === 'win32' },
  );
  if (status !== 0) {
    const why = error?.message ?? /npm error (?!code)(.*)/.exec(stderr)?.[1] ?? `npm ended with ${status}`;
    return { missing: `${name} is missing and could not be installed: ${why}.` };
  }
  writeFileSync(stamp, '');
  return { folder };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setupEnvironments();
