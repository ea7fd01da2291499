// Finds the Pythons that have NumPy and PyTorch.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environment } from './peers/peer.js';

const PROBE = `
import importlib, json, sys
found = {"path": sys.executable, "python": sys.version.split()[0]}
for name in ("numpy", "torch"):
    try:
        found[name] = importlib.import_module(name).__version__
    except Exception:
        pass
print(json.dumps(found))
`;
const DEBIAN_PACKAGES = ['python3-numpy', 'libopenblas0-pthread', 'python3-torch'];

/**
 * The Pythons that have NumPy, PyTorch or both: the one in LONGHAND_BENCH_PYTHON, the one in the
 * path, the system's. If none has one of the two, and this is Debian and the user is root, it is
 * installed first.
 *
 * @param {(line: string) => void} say
 * @returns {{ path: string, python: string, numpy?: string, torch?: string }[]}
 */
export function findPythons(say) {
  const found = probeAll();
  const complete = ['numpy', 'torch'].every((name) => found.some((python) => python[name]));
  if (complete || !installOnDebian(say)) return found;
  return probeAll();
}

function probeAll() {
  const candidates = [process.env.LONGHAND_BENCH_PYTHON, 'python3', '/usr/bin/python3', 'python'];
  const found = new Map();
  for (const candidate of candidates.filter(Boolean)) {
    const { status, stdout } = spawnSync(candidate, ['-c', PROBE], {
      encoding: 'utf8',
      env: environment(),
    });
    if (status !== 0) continue;
    const python = JSON.parse(stdout.trim().split('\n').at(-1));
    if (python.numpy || python.torch) found.set(python.path, python);
  }
  return [...found.values()];
}

function installOnDebian(say) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  say(`Installing ${DEBIAN_PACKAGES.join(', ')} with apt-get, for the comparison …`);
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const done = apt('update') && apt('install', '--yes', '--no-install-recommends', ...DEBIAN_PACKAGES);
  if (!done) say('That failed. The results will list these programs as missing.');
  return done;
}
