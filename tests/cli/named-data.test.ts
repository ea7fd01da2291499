import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fashionFolder } from '../runtimes/installed.js';
import { longhand, start, temporaryFolder } from './command.js';

// Datasets that are fetched by name, from a server on this machine. Debian's copy of Fashion-MNIST has the same contents.
const folder = temporaryFolder();
const cache = path.join(folder, 'cache');

/** What the server does with the next requests. */
let answer: (url: string) => Buffer | string | undefined = () => undefined;
/** After so many bytes it says no more. */
let silentAfter = Number.POSITIVE_INFINITY;
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.url} ${request.headers.range ?? ''}`.trim());
  const body = answer(request.url!);
  if (body === undefined) return void response.writeHead(404).end();
  const bytes = Buffer.from(body);
  const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  response.writeHead(from > 0 ? 206 : 200, {
    ...(from > 0 && range),
    'content-length': bytes.length - from,
    etag: '"1"',
  });
  const part = bytes.subarray(from);
  if (part.length > silentAfter) response.write(part.subarray(0, silentAfter));
  else response.end(part);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
process.env.LONGHAND_MIRROR = `http://${host}/`;
process.env.LONGHAND_DATA_CACHE = cache;
afterAll(() => {
  delete process.env.LONGHAND_MIRROR;
  delete process.env.LONGHAND_DATA_CACHE;
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  silentAfter = Number.POSITIVE_INFINITY;
});

describe('Fashion-MNIST by its name', () => {
  test('is fetched once, goes on after Ctrl-C, and is there offline', async (context) => {
    const original = fashionFolder(context);
    answer = (url) => readFileSync(path.join(original, path.basename(url)));
    silentAfter = 4_000_000;

    const stopped = start(['data', 'fashion-mnist'], folder);
    const part = path.join(cache, 'fashion-mnist', 'train-images-idx3-ubyte.gz.part');
    while (!(existsSync(part) && statSync(part).size === silentAfter)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    stopped.child.kill('SIGINT');
    const { code, stderr } = await stopped.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('What has arrived of fashion-mnist is kept');

    silentAfter = Number.POSITIVE_INFINITY;
    const html = path.join(folder, 'report.html');
    const described = await longhand(['data', 'fashion-mnist', '--json', '--html', html], folder);
    expect(described.stderr).toContain('fetching fashion-mnist (pictures of clothes; MIT;');
    expect(seen).toContain('/fashion-mnist/train-images-idx3-ubyte.gz bytes=4000000-');
    const document = JSON.parse(described.stdout);
    expect(document.parts).toEqual([
      { name: 'training', examples: 60_000 },
      { name: 'test', examples: 10_000 },
    ]);
    expect(document.classes[9]).toEqual({ name: 'Ankle boot', training: 6000, test: 1000 });
    // As NumPy counts them: numpy.unique(images, axis=0).
    expect(document.duplicates).toMatchObject({ training: 0, test: 0, leaked: 0 });
    expect(document.warnings).toEqual([]);
    expect(readFileSync(html, 'utf8')).toContain('Ankle boot');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);

    seen.length = 0;
    const args = [
      'train',
      '--data',
      'fashion-mnist',
      '--iterations',
      '3',
      '--json',
      '--quiet',
      '--out',
      'fashion.model',
    ];
    const trained = await longhand(args, folder);
    expect(JSON.parse(trained.stdout).test.examples).toBe(10_000);
    expect(seen).toEqual([]);
    const listed = JSON.parse((await longhand(['data', '--list', '--json'], folder)).stdout) as {
      name: string;
      cached: string | null;
    }[];
    expect(listed.find(({ name }) => name === 'fashion-mnist')!.cached).toBe(
      path.join(cache, 'fashion-mnist'),
    );
    expect(listed.find(({ name }) => name === 'kmnist')!.cached).toBeNull();
  });
});

describe('what cannot be fetched is one line', () => {
  const failing = async (...args: string[]) => {
    const { code, stderr, stdout } = await longhand(args, folder);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    return stderr;
  };

  test('a web page in place of the file, and a cache that was named', async () => {
    answer = () => '<!DOCTYPE html><html><title>Please sign in</title></html>';
    const own = path.join(folder, 'own');
    const line = await failing('train', '--data', 'kmnist', '--data-cache', own);
    expect(line).toMatch(
      /longhand: kmnist: cannot fetch train-images-idx3-ubyte\.gz: \S+: gives a web page.*\n$/,
    );
    expect(readdirSync(own)).toEqual(['kmnist']);
  });

  test('a server without the file', async () => {
    answer = () => undefined;
    expect(await failing('data', 'kmnist')).toContain(`${host}: 404 Not Found`);
  });

  test('a name that is misspelled', async () => {
    expect(await failing('data', 'fashon-mnist')).toMatch(
      /no such file or folder, and no dataset of this name.*\(Did you mean fashion-mnist\?\)/,
    );
    expect(seen).toEqual([]);
  });
});

test('a file of the name wins, and it is said', async () => {
  mkdirSync(path.join(folder, 'qmnist'));
  writeFileSync(
    path.join(folder, 'qmnist', 'animals.csv'),
    'label,width,height\na,1,2\nb,3,4\na,5,7\nb,2,9\n',
  );
  const { code, stdout, stderr } = await longhand(['data', 'qmnist', '--json'], folder);
  expect(code).toBe(0);
  expect(stderr).toContain('qmnist: there is a file or folder of this name here');
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'csv', parts: [{ name: 'training', examples: 4 }] });
  expect(seen).toEqual([]);
});

test('MNIST by its name is the set that comes with the command; in words: findings, classes, facts and a contact sheet, no line too wide', async () => {
  process.env.COLUMNS = '60';
  const whole = await longhand(['data', 'mnist'], folder);
  delete process.env.COLUMNS;
  expect(whole.stdout).toMatch(/^mnist: idx: 60,000 training and 10,000 test pictures of 28 ×/);
  expect(whole.stdout).toContain('way up      as they are');
  expect(seen).toEqual([]);
  expect(whole.stdout).toContain('Nothing suspicious was found');
  expect(whole.stdout).toMatch(/^0 +5,923 +980 {2}█+/m);
  expect(whole.stdout).toContain('░▓');
  for (const line of whole.stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(60);
});
