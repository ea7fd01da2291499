// `npm start`: sets up, then does the main job: trains the board's network on MNIST. Arguments go to `longhand train`.
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
// The command itself ends cleanly on Ctrl-C and says what it saved: wait for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (code === 0 && args.length === 0 && existsSync(results)) comparison();
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});

/** How the speed compares with others, from the figures that `npm run bench` measured, and where. */
function comparison() {
  const { headline } = JSON.parse(readFileSync(results, 'utf8'));
  if (headline?.sentence) say(`\n${inLines(headline.sentence, process.stderr.columns)}`);
}

/** Words in lines no longer than the terminal's, where there is one. */
function inLines(text, width = Number.POSITIVE_INFINITY) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length < width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
}
