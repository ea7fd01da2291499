// `npm test`: sets up, runs every check and every test, and ends with `N passed, N failed` from the real counts.
// A check (lint, types, packages …) counts as one, as a test does.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKS } from './checks.js';
import { root, say, setUp } from './setup.js';
import { setupRuntimes } from './setup-runtimes.js';

setUp();
await setupRuntimes();

let passed = 0;
let failed = 0;
for (const { name, command } of CHECKS) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
  });
  const good = status === 0 && !error;
  if (good) passed++;
  else failed++;
  process.stdout.write(`${good ? '✓' : '✗'} ${name}\n`);
  if (!good) process.stdout.write(`${stdout}${stderr}${error ?? ''}\n`);
}

const counts = path.join(root, 'node_modules', '.longhand', 'counts.json');
mkdirSync(path.dirname(counts), { recursive: true });
rmSync(counts, { force: true });
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, LONGHAND_COUNTS: counts },
});
if (existsSync(counts)) {
  const tests = JSON.parse(readFileSync(counts, 'utf8'));
  passed += tests.passed;
  failed += tests.failed;
  for (const name of tests.skipped) say(`not run: ${name}`);
  // Something outside the tests went wrong, such as an unhandled rejection: that is a failure too.
  if (status !== 0 && tests.failed === 0) failed++;
} else {
  say('The tests ended without a count.');
  failed++;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
