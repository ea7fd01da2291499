// Packs a workspace and runs "are the types wrong?" on it, which finds what a user's compiler would
// complain about.
import { spawnSync } from 'node:child_process';

const [name] = process.argv.slice(2);
const attw = 'node_modules/@arethetypeswrong/cli/dist/index.js';
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [attw, '--pack', `packages/${name}`, '--profile', 'esm-only', '--no-emoji', '--no-color'],
  { encoding: 'utf8' },
);
process.stdout.write(`${stdout}${stderr}`);
process.exitCode = status ?? 1;
