import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DataError, type Dataset } from '@longhand/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Mnist, mnist, mnistTest, mnistTraining } from './index.js';

let digits: Mnist;
beforeAll(async () => {
  digits = await mnist();
});

function countsOf(dataset: Dataset): number[] {
  const counts = Array<number>(10).fill(0);
  for (let i = 0; i < dataset.length; i++) counts[dataset.label(i)]!++;
  return counts;
}

describe('mnist', () => {
  test('60,000 training and 10,000 test digits of 28 × 28, in ten classes', () => {
    for (const [dataset, length] of [
      [digits.training, 60_000],
      [digits.test, 10_000],
    ] as const) {
      expect([dataset.length, dataset.width, dataset.height]).toEqual([length, 28, 28]);
      expect(dataset.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    }
  });

  // Counts as published with the data, https://en.wikipedia.org/wiki/MNIST_database and elsewhere.
  test('each digit as often as is known of the data', () => {
    expect(countsOf(digits.training)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(countsOf(digits.test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test('the first digits are 5 0 4 1 9, of the test set 7 2 1 0 4', () => {
    const first = (dataset: Dataset) => [0, 1, 2, 3, 4].map((i) => dataset.label(i));
    expect(first(digits.training)).toEqual([5, 0, 4, 1, 9]);
    expect(first(digits.test)).toEqual([7, 2, 1, 0, 4]);
  });

  test('either half alone is the same half', async () => {
    const [training, test10k] = await Promise.all([mnistTraining(), mnistTest()]);
    expect(training.pixels(59_999)).toEqual(digits.training.pixels(59_999));
    expect(test10k.pixels(9_999)).toEqual(digits.test.pixels(9_999));
  });
});

describe('another folder', () => {
  const folder = fileURLToPath(new URL('./digits', import.meta.url));
  const first = (dataset: Dataset) => [0, 1, 2, 3, 4].map((i) => dataset.label(i));

  test('by its path, its file address, and over http', async () => {
    const server = createServer((request, response) => {
      const name = path.basename(request.url!);
      const found = request.url!.startsWith('/my/digits/') && existsSync(path.join(folder, name));
      if (found) response.end(readFileSync(path.join(folder, name)));
      else if (request.url!.startsWith('/page/')) response.setHeader('Content-Type', 'text/html').end('<p>');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      for (const from of [folder, `${folder}/`, pathToFileURL(folder).href, `${origin}/my/digits/`]) {
        expect(first(await mnistTest({ from })), from).toEqual([7, 2, 1, 0, 4]);
      }
      await expect(mnistTest({ from: `${origin}/none` })).rejects.toThrow(
        /t10k-(images|labels)\.bin: the server answered 404\. Copy the folder dist\/digits/,
      );
      await expect(mnistTest({ from: `${origin}/page` })).rejects.toThrow(
        /expected t10k-.*, found a web page/,
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await expect(mnistTest({ from: `${origin}/my/digits` })).rejects.toThrow(/could not be loaded/);
  });

  test('a missing folder and a refused one say so', async () => {
    await expect(mnistTest({ from: '/nowhere' })).rejects.toThrow(/no such file\. Copy the folder/);
    await expect(mnistTest({ from: '/nowhere' })).rejects.toThrow(DataError);
    const program = `import { mnistTest } from ${JSON.stringify(import.meta.resolve('./index.js'))};
      await mnistTest({ from: '/etc' }).catch((error) => console.log(error.name, error.message));`;
    // Node's permissions let the program read this repository, and nothing else.
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const { stdout } = spawnSync(
      process.execPath,
      [flag, `--allow-fs-read=${path.join(root, '*')}`, '--input-type=module', '--eval', program],
      { encoding: 'utf8', cwd: root },
    );
    expect(stdout).toMatch(/^DataError .*no permission to read it \(ERR_ACCESS_DENIED\)/);
  });
});
