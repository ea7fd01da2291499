// `npm run verify`: trains all networks whose accuracy the README quotes, and fails if one is below
// its figure. The same seed gives the same bits everywhere, so the figures are repeated exactly.
// Times depend on the machine and are only printed.
//   --only PATTERN   only the figures whose names match
//   --pictures FOLDER  instead: how a model reads pictures of digits (scripts/verify-pictures.js)
//   --model FILE       the model that reads them; without it, the preset everyday is trained first
//   --queue URL      the workers at a queue train them, several figures at once (longhand worker); without
// it, the
//                    variable LONGHAND_QUEUE
//   --write          writes what was measured into docs/figures.json
//   --non-digits --model FILE   instead, how often a model doubts pictures that are no digits (scripts/verify-non-digits.js)
//   --pages --model FILE   instead, how well a model reads pages of several digits (scripts/pages/verify-pages.js)
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root, say, setUp } from './setup.js';

const FILE = path.join(root, 'docs', 'figures.json');
/** The rounding error of a mean accuracy. */
const TOLERANCE = 1e-9;

const { values: flags } = parseArgs({
  options: {
    ...{ only: { type: 'string' }, write: { type: 'boolean' }, queue: { type: 'string' } },
    ...{ pictures: { type: 'string' }, pages: { type: 'boolean' }, model: { type: 'string' } },
    ...{ 'non-digits': { type: 'boolean' } },
    ...{ dev: { type: 'boolean' }, count: { type: 'string' }, seed: { type: 'string' } },
  },
});
setUp();
if (flags.pictures !== undefined) {
  const { verifyPictures } = await import('./verify-pictures.js');
  process.exit((await verifyPictures(flags.pictures, flags.model)) ? 0 : 1);
}
const model = flags.model ?? path.join(root, 'packages/studio/models/draw.safetensors');
if (flags['non-digits']) {
  const { verifyNonDigits } = await import('./verify-non-digits.js');
  process.exit((await verifyNonDigits(model)) ? 0 : 1);
}
if (flags.pages) {
  const { verifyPages } = await import('./pages/verify-pages.js');
  process.exit((await verifyPages({ ...flags, model }, say)) ? 0 : 1);
}
const document = JSON.parse(readFileSync(FILE, 'utf8'));
const chosen = document.figures.filter(({ name }) => !flags.only || new RegExp(flags.only, 'i').test(name));
const queue = flags.queue ?? process.env.LONGHAND_QUEUE;
let [passed, failed, missing, commands] = [0, 0, 0, 0];
const folder = mkdtempSync(path.join(tmpdir(), 'longhand-verify-'));
try {
  // At a queue, each command waits for its workers: they share the runs of all figures.
  if (queue) await Promise.all(chosen.map(verify));
  else for (const figure of chosen) await verify(figure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`${passed} figures verified, ${failed} failed${missing ? `, ${missing} not run` : ''}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function verify(figure) {
  const { name, args, seeds, data, of, goal } = figure;
  if (data && !existsSync(data)) {
    missing++;
    say(`not run: ${name}: ${data} does not exist`);
    return;
  }
  say(`${name}: longhand train ${args.join(' ')}, ${seeds === 1 ? 'one seed' : `${seeds} seeds`}`);
  const found = await train([...args, ...(data ? ['--data', data] : [])], seeds);
  const good = flags.write || (figure.measured && found[of].mean >= figure.measured[of].mean - TOLERANCE);
  if (good) passed++;
  else failed++;
  const reached = found[of].mean >= goal ? 'reached' : 'not reached';
  say(
    `${good ? '✓' : '✗'} ${name}: ${describe(found)}; the goal of ${(100 * goal).toFixed(1)} % was ${reached}`,
  );
  if (!good)
    say(
      `  expected ${figure.measured ? describe(figure.measured) : 'nothing: this figure was not measured yet'}`,
    );
  if (!flags.write) return;
  figure.measured = { ...found, machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores` };
  writeFileSync(FILE, `${JSON.stringify(document, null, 2)}\n`);
}

/** Means and standard deviations of the accuracies, and the median time in seconds. */
async function train(args, seeds) {
  const repeat = seeds > 1 || queue ? ['--repeat', String(seeds)] : [];
  const out = path.join(folder, `${commands++}.safetensors`);
  const rest = ['--no-doubt', '--out', out, '--json', ...(queue ? ['--quiet'] : [])];
  const command = ['packages/cli/bin/longhand.js', 'train', ...args, ...repeat, ...rest];
  const result = JSON.parse(await outputOf(command));
  const runs = result.runs ?? [result];
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
  const spread = (name) => {
    const { accuracy, mean = accuracy, standardDeviation = 0 } = result[name];
    return { mean, standardDeviation };
  };
  return {
    train: spread('train'),
    dev: spread('dev'),
    test: spread('test'),
    seconds,
    parametersSha256: runs.map((run) => run.parametersSha256),
  };
}

function outputOf(command) {
  return new Promise((resolve, reject) => {
    // The address of the queue has a password, which no list of processes shows here.
    const env = { ...process.env, ...(queue && { LONGHAND_QUEUE: queue }) };
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`longhand train ended with exit code ${code}`)),
    );
  });
}

function describe({ train: trained, dev, test, seconds, parametersSha256 }) {
  const share = ({ mean, standardDeviation }) =>
    `${(100 * mean).toFixed(2)}${parametersSha256.length > 1 ? ` ± ${(100 * standardDeviation).toFixed(2)}` : ''} %`;
  return `test ${share(test)}, dev ${share(dev)}, train ${share(trained)}, ${seconds.toFixed(1)} s`;
}
