import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longhand, start, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const IRIS = fileURLToPath(new URL('../../fixtures/iris.csv', import.meta.url));
/** Long enough to be watched. */
const SWEEP = [
  ...['sweep', '--data', IRIS, '--batch-size', '4', '--epochs', '200', '--vary', 'alpha=0.01,0.02,0.05,0.1'],
  ...['--processes', '1', '--fresh', '0', '--no-doubt', '--out', 'best.safetensors'],
];

/** Where the browser that the command opens writes the address. */
const told = path.join(folder, 'told');
const before = process.env.BROWSER;

beforeAll(() => {
  const browser = path.join(folder, 'browser');
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > '${told}.part' && mv '${told}.part' '${told}'\n`);
  chmodSync(browser, 0o755);
  process.env.BROWSER = browser;
});

afterAll(() => {
  if (before === undefined) delete process.env.BROWSER;
  else process.env.BROWSER = before;
});

test.skipIf(process.platform !== 'linux')(
  '--watch opens the page Runs for this machine, gives it the log while it grows, and ends with the sweep',
  async () => {
    const { child, ended } = start([...SWEEP, '--watch', '--log', 'watched.jsonl'], folder);
    try {
      await expect.poll(() => existsSync(told)).toBe(true);
      const url = readFileSync(told, 'utf8');
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/runs\?live=1$/);
      const page = await fetch(url);
      expect(await page.text()).toContain('<title>Longhand</title>');
      const place = new URL('live-log', url);
      const first = await (await fetch(place)).text();
      expect(first).toMatch(/^\{"type":"sweep"/);
      // The rest comes when it is there, in whole lines.
      const rest = new URL(`?from=${Buffer.byteLength(first)}`, place);
      await expect.poll(async () => (await fetch(rest)).text()).toMatch(/^\{"type":"measured".*\}\n$/m);
      expect(child.exitCode).toBeNull();
      const others = new URL(place);
      others.hostname = '127.0.0.2';
      await expect(fetch(others)).rejects.toThrow();
      const { code, stderr } = await ended;
      expect(code, stderr).toBe(0);
      expect(stderr).toContain(`The sweep is shown at ${url}\n`);
      await expect(fetch(place)).rejects.toThrow();
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('--watch without a log is one line', async () => {
  expect(await longhand([...SWEEP, '--watch'], folder)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'longhand: --watch: shows a log while it grows: add --log sweep.jsonl\n',
  });
});
