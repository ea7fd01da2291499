// Trains the models that come with the page, with our own command, and records their hashes and
// test accuracy in models/models.json. The same seed gives the same bits, so anybody can repeat
// this and compare.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../models/', import.meta.url));
const command = fileURLToPath(new URL('../../cli/bin/longhand.js', import.meta.url));

/**
 * Flags of `longhand train`. Those of `draw` are the recipe for photographs and other people's
 * handwriting, with the layers that its page can show unit by unit.
 */
const MODELS = {
  'board-10': ['--iterations', '10'],
  'board-100': ['--iterations', '100'],
  'board-500': [],
  draw: ['--preset', 'everyday', '--hidden', '128', '--activation', 'relu', '--dropout', '0'],
};

const made = {};
for (const [name, flags] of Object.entries(MODELS)) {
  const file = path.join(folder, `${name}.safetensors`);
  const { status, stdout } = spawnSync(
    process.execPath,
    [command, 'train', ...flags, '--seed', '1', '--out', file, '--json', '--quiet'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) process.exit(1);
  const { test, parametersSha256, layers } = JSON.parse(stdout);
  made[name] = {
    train: `longhand train ${[...flags, '--seed', '1'].join(' ')}`,
    layers,
    test: test.accuracy,
    parametersSha256,
  };
  process.stdout.write(`${name}: ${(100 * test.accuracy).toFixed(2)}% on test\n`);
}
writeFileSync(path.join(folder, 'models.json'), `${JSON.stringify(made, undefined, 2)}\n`);
