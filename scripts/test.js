// `npm test`: sets up, runs every check and every test, and ends with `N passed, N failed` from the real counts.
// A check (lint, types, packages …) counts as one, as a test does. With `--fast`: lint, types and the unit tests, without
// browsers, other runtimes and whole programs, and properties of the engine with fewer cases. Other arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CHECKS } from './checks.js';
import { root, say, setUp } from './setup.js';
import { setupEnvironments } from './setup-environments.js';
import { setupRuntimes } from './setup-runtimes.js';

/** Tests that start a command, a server or other people's programs, and the longest of the engine. */
const TESTS_OF_PROGRAMS = [
  'tests/dist/cli/**',
  ...['same-bits', 'training'].map((name) => `packages/core/dist/engine/api/${name}.test.js`),
  'packages/cli/dist/check/**',
  ...['examples', 'figures', 'notebook', 'phases', 'table'].map((name) => `tests/dist/${name}.test.js`),
  ...['environments', 'library', 'packages', 'queue'].map((folder) => `tests/dist/${folder}/**`),
];
/** Tests in which a page must follow in time, or that compute in several runtimes with all cores. */
const TESTS_OF_BROWSERS = ['studio', 'runtimes'].map((folder) => `tests/dist/${folder}/**`);

const args = process.argv.slice(2).filter((arg) => arg !== '--fast');
const isFast = args.length < process.argv.length - 2;
const checks = isFast ? CHECKS.filter(({ fast }) => fast) : CHECKS;
// Without pages that must follow in time, two test files do not get in each other's way.
const twoAtATime = '--maxWorkers=2';
const slowTests = [...TESTS_OF_PROGRAMS, ...TESTS_OF_BROWSERS];
const unitTests = [twoAtATime, ...slowTests.flatMap((pattern) => ['--exclude', pattern])];
const foldersOf = (patterns) => patterns.map((pattern) => pattern.replace('**', ''));
const chosen =
  args.length > 0
    ? [args]
    : [unitTests, [twoAtATime, ...foldersOf(TESTS_OF_PROGRAMS)], foldersOf(TESTS_OF_BROWSERS)];
const runs = isFast ? [[...args, ...unitTests]] : chosen;

setUp();
if (!isFast) {
  await setupRuntimes();
  setupEnvironments();
}

let passed = 0;
let failed = 0;
for (const { name, command } of checks) {
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
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
for (const run of runs) {
  rmSync(counts, { force: true });
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...run], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LONGHAND_COUNTS: counts, ...(isFast && { LONGHAND_FAST: '1' }) },
  });
  if (!existsSync(counts)) {
    say('The tests ended without a count.');
    failed++;
    continue;
  }
  const tests = JSON.parse(readFileSync(counts, 'utf8'));
  passed += tests.passed;
  failed += tests.failed;
  for (const name of tests.skipped) say(`not run: ${name}`);
  // Something outside the tests went wrong, such as an unhandled rejection: that is a failure too.
  if (status !== 0 && tests.failed === 0) failed++;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
