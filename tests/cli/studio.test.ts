import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { longhand, type Result, start, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const START_TIMEOUT = 60_000;

/** The headers of every file, so that the page may share memory between threads. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

describe('longhand studio', () => {
  test('--json prints the address of the page, which is isolated; Ctrl-C ends it with code 0', async () => {
    const ended = await whileServing(['--no-open', '--json'], async (url) => {
      const { status, headers, body } = await ask(url);
      expect(status).toBe(200);
      // Other pages may show it in a frame.
      const page = { ...ISOLATION, 'cross-origin-resource-policy': 'cross-origin' };
      expect(headers).toMatchObject({ ...page, 'cache-control': 'no-cache' });
      expect(headers['content-type']).toMatch(/^text\/html/);
      expect(body).toContain('<title>Longhand</title>');
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(JSON.parse(ended.stdout))).toEqual(['url']);
  });

  test('SIGTERM ends it, too, even if a browser keeps its connection open', async () => {
    const ended = await whileServing(
      ['--no-open'],
      async (url) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1');
        await once(socket, 'connect');
        socket.on('error', () => undefined);
      },
      'SIGTERM',
    );
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^The studio is at http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(ended.stderr).toBe('Press Ctrl-C to stop.\n');
  });

  test('--quiet prints only the address', async () => {
    const { stdout, stderr } = await whileServing(['--no-open', '--quiet'], async () => undefined);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(stderr).toBe('');
  });

  test('only this machine can reach it', async () => {
    await whileServing(['--no-open', '--json'], async (url) => {
      const port = Number(new URL(url).port);
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ family, address }) => family === 'IPv4' && address !== '127.0.0.1')
        .map(({ address }) => address);
      expect(await answers('127.0.0.1', port)).toBe(true);
      for (const address of ['127.0.0.2', '::1', ...others]) {
        expect(await answers(address, port), address).toBe(false);
      }
    });
  });

  test('serves every file of the page with its type, and nothing outside the page', async () => {
    await whileServing(['--no-open', '--json'], async (url) => {
      const { body } = await ask(url);
      const script = /<script [^>]*src="\.\/(assets\/[^"]+\.js)"/.exec(body)![1]!;
      const style = /<link [^>]*href="\.\/(assets\/[^"]+\.css)"/.exec(body)![1]!;
      for (const [file, type] of [
        [script, /^text\/javascript/],
        [style, /^text\/css/],
        ['service-worker.js', /^text\/javascript/],
        ['studio.webmanifest', /^application\/manifest\+json/],
      ] as const) {
        const { status, headers } = await ask(`${url}${file}`);
        expect(status, file).toBe(200);
        expect(headers, file).toMatchObject({ ...ISOLATION, 'x-content-type-options': 'nosniff' });
        expect(headers['content-type'], file).toMatch(type);
        const lasting = file.startsWith('assets/');
        expect(headers['cache-control'], file).toMatch(lasting ? /immutable/ : /^no-cache$/);
      }
      for (const file of ['nothing', '../package.json', '..%2fpackage.json', '%2e%2e/package.json', '%']) {
        const { status } = await ask(url, `/${file}`);
        expect(status, file).toBe(404);
      }
    });
  });

  test.skipIf(process.platform !== 'linux')('opens the browser at the address', async () => {
    const told = path.join(folder, 'told');
    const browser = path.join(folder, 'browser');
    writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > '${told}.part' && mv '${told}.part' '${told}'\n`);
    chmodSync(browser, 0o755);
    const before = process.env.BROWSER;
    process.env.BROWSER = browser;
    try {
      await whileServing(['--json'], async (url) => {
        await expect.poll(() => existsSync(told), { timeout: START_TIMEOUT }).toBe(true);
        expect(readFileSync(told, 'utf8')).toBe(url);
      });
    } finally {
      if (before === undefined) delete process.env.BROWSER;
      else process.env.BROWSER = before;
    }
  });

  test('a --port that is taken is one line and exit 2', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    try {
      expect(await longhand(['studio', '--no-open', '--port', String(port)], folder)).toEqual({
        code: 2,
        stdout: '',
        stderr: `longhand: --port ${port}: it is in use: choose another port, or leave --port out\n`,
      });
    } finally {
      taken.close();
    }
  });

  test.each(['0', '65536', 'http', '80.5'])('--port %s is one line and exit 2', async (port) => {
    const { code, stdout, stderr } = await longhand(['studio', '--no-open', '--port', port], folder);
    expect(stderr).toBe(`longhand: --port: expected an integer from 1 to 65,535, found "${port}"\n`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('a second one at the same time gets another port', async () => {
    await whileServing(['--no-open', '--json'], async (first) => {
      await whileServing(['--no-open', '--json'], async (second) => {
        expect(second).not.toBe(first);
        expect((await ask(second)).status).toBe(200);
      });
    });
  });

  test('--help says how to start and how to stop', async () => {
    const { code, stdout } = await longhand(['studio', '--help'], folder);
    expect(code).toBe(0);
    for (const part of ['longhand studio', '--port <n>', '--no-open', '--json', '--quiet', 'Ctrl-C']) {
      expect(stdout).toContain(part);
    }
  });
});

/** Serves the page while `use` has its address, then ends by a signal, as Ctrl-C sends it. */
async function whileServing(
  args: readonly string[],
  use: (url: string) => Promise<void>,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<Result> {
  const { child, ended } = start(['studio', ...args], folder);
  let stdout = '';
  child.stdout!.on('data', (text: string) => {
    stdout += text;
  });
  try {
    await expect.poll(() => stdout, { timeout: START_TIMEOUT }).toContain('\n');
    await use(/http:[^"\s]+/.exec(stdout)![0]);
    child.kill(signal);
    return await ended;
  } finally {
    child.kill('SIGKILL');
  }
}

/** The response to GET, with the path exactly as given: `new URL` would clean it up. */
async function ask(
  url: string,
  pathAsWritten = new URL(url).pathname,
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: string }> {
  const { hostname, port } = new URL(url);
  const request = get({ hostname, port, path: pathAsWritten, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(parts).toString(),
  };
}

/** Whether something accepts a connection there. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
