// Sets up the project: installs and builds what changed since the last time. Needs only Node and
// npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 12];

/** Installs and builds what changed. Ends the process with a message when that fails. */
export function setUp() {
  checkNode();
  const installed = whenChanged(
    'install',
    ['package.json', 'package-lock.json', 'packages/*/package.json'],
    () => {
      say('Installing the packages in package-lock.json …');
      // Not `npm ci`: some tools have an optional package for each system. `npm ci` refuses a lock
      // file that lacks one of them, and a registry may lack those of other systems. Both commands
      // install the versions of the lock file.
      run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
    },
  );
  const sources = [
    'packages',
    'tests',
    'scripts',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.base.json',
  ];
  whenChanged('build', sources, () => {
    say('Building: kernels, core, mnist, formats, sweep, command, studio …');
    run(process.execPath, [path.join('scripts', 'build.js'), ...(installed ? ['--force'] : [])]);
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Longhand needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

/**
 * Does `work`, unless it was done before and these files have not changed since.
 *
 * @param {string} name of the stamp
 * @param {string[]} inputs files and folders; `*` stands for any one folder
 * @param {() => void} work
 * @returns {boolean} whether it was done now
 */
export function whenChanged(name, inputs, work) {
  const stamp = path.join(root, 'node_modules', '.longhand', name);
  const fingerprint = fingerprintOf(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return false;
  work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
  return true;
}

function fingerprintOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) {
    for (const file of expand(input).flatMap(filesUnder).sort()) {
      hash
        .update(`${path.relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function expand(pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return [path.join(root, pattern)];
  return readdirSync(path.join(root, before)).map((name) => path.join(root, before, name, after));
}

const BUILT = new Set(['node_modules', 'dist', 'kernels.generated.ts']);

function filesUnder(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return entry.endsWith('.tsbuildinfo') ? [] : [entry];
  return readdirSync(entry)
    .filter((name) => !BUILT.has(name))
    .flatMap((name) => filesUnder(path.join(entry, name)));
}

/**
 * Runs a command to its end in the repository's folder, with output to this terminal. Ends the
 * process if the command fails.
 */
export function run(command, args, options = {}) {
  // npm is a script on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell, ...options });
  if (error || status !== 0) fail(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

/** Prints a line for people, on stderr: stdout is for results. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
