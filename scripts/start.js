// `npm start`: sets up, then trains the board's network on MNIST. Arguments are passed to `longhand
// train`.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, say, setUp } from './setup.js';

setUp();

const results = path.join(root, 'bench', 'results.json');
const args = process.argv.slice(2);
const child = spawn(process.execPath, [path.join(root, 'packages/cli/bin/longhand.js'), 'train', ...args], {
  cwd: root,
  stdio: 'inherit',
});
// On Ctrl-C the command itself ends cleanly and says what it saved: wait for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (code === 0 && args.length === 0 && existsSync(results)) comparison();
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});

/**
 * Prints how the speed compares with other programs, as `npm run bench` measured it, and on which
 * machine.
 */
function comparison() {
  const { headline } = JSON.parse(readFileSync(results, 'utf8'));
  if (headline?.sentence) say(`\n${inLines(headline.sentence, process.stderr.columns)}`);
}

/** Wraps a text to the width of the terminal, if there is one. */
function inLines(text, width = Number.POSITIVE_INFINITY) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length < width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
}
