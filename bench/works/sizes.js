import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { under } from './goals.js';

export const id = 'sizes';
export const title = 'Sizes';

/** Runs the same check as `npm test`, so there is one way to measure sizes. */
export async function run() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/check-sizes.js'], {
    cwd: root,
    encoding: 'utf8',
  });
  const sizeOf = (name) => {
    const digits = new RegExp(`^${name}: ([\\d,]+) `, 'm').exec(stdout)?.[1];
    if (!digits) throw new Error(`scripts/check-sizes.js names no ${name}: ${stdout}${stderr}`);
    return Number(digits.replaceAll(',', '')) / 1000;
  };
  const row = (rowId, name, value) => ({
    id: rowId,
    name,
    median: value,
    min: value,
    max: value,
    rounds: [value],
  });
  const [kernels, bundle] = [sizeOf('kernels'), sizeOf('bundle')];
  return {
    unit: 'kB',
    rows: [
      row('kernels', 'the compiled kernels', kernels),
      row('bundle', '@longhand/core and its worker, bundled, minified, gzipped', bundle),
    ],
    goals: [under('kernels', 40, kernels, 'kB'), under('bundle, gzipped', 45, bundle, 'kB')],
  };
}
