// `npm run studio`: sets up, then serves the page and opens it. Arguments are passed to `longhand
// studio`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root, setUp } from './setup.js';

setUp();

const command = path.join(root, 'packages/cli/bin/longhand.js');
const child = spawn(process.execPath, [command, 'studio', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
