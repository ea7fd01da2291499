import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import sirv from 'sirv';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { endBrowser, startBrowser } from '../runtimes/browser.js';
import { programOf } from '../runtimes/installed.js';
import { ROOT } from '../runtimes/repository.js';
import { installPacked, type Project } from './install.js';

// Web pages that load the digits from the packed package: bundled by Vite, by esbuild, and not at all.
const INSTALL_TIMEOUT = 300_000;

/** A page's program: it puts what it read into the title, or what went wrong. */
const program = (options = '') => `
import { mnist } from '@longhand/mnist';
mnist(${options}).then(
  ({ training, test }) => {
    const sum = (dataset, i) => dataset.pixels(i).reduce((total, pixel) => total + pixel, 0);
    document.title = JSON.stringify([training.length, test.length, sum(training, 0), sum(test, 9999)]);
  },
  (error) => {
    document.title = \`\${error.name}: \${error.message}\`;
  },
);
`;
const html = (script: string, head = '') =>
  `<!doctype html><meta charset="utf-8"><title>…</title><link rel="icon" href="data:,">${head}<script type="module" src="${script}"></script>`;

/** The sums of the pixels of two digits, from the original files. */
const EXPECTED = '[60000,10000,27525,41833]';

let project: Project;
let browser: Browser | undefined;

beforeAll(() => {
  project = installPacked(['core', 'mnist']);
}, INSTALL_TIMEOUT);

afterAll(async () => {
  if (browser) await endBrowser(browser);
  project?.remove();
});

function write(name: string, text: string): string {
  const file = path.join(project.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** The title that a page sets, served from a folder of the project. */
async function titleOf(context: TestContext, folder: string, place = ''): Promise<string> {
  browser ??= await startBrowser('chromium', programOf('chromium', context));
  const files = sirv(path.join(project.folder, folder), { dev: true });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${place}`);
    await expect.poll(() => page.title(), { timeout: 120_000 }).not.toBe('…');
    return await page.title();
  } finally {
    await page.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('bundled by Vite, without configuration', async (context) => {
  write('vite/index.html', html('./main.js'));
  write('vite/main.js', program());
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const root = path.join(project.folder, 'vite');
  const { status, stderr } = spawnSync(process.execPath, [vite, 'build', root, '--logLevel', 'warn'], {
    encoding: 'utf8',
    cwd: root,
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const assets = readdirSync(path.join(root, 'dist', 'assets'));
  expect(assets.filter((name) => name.endsWith('.bin'))).toHaveLength(4);
  expect(await titleOf(context, 'vite/dist')).toBe(EXPECTED);
});

test('bundled by esbuild, with the folder of digits copied, or with an error that says so', async (context) => {
  const bundle = (options?: string) =>
    build({
      stdin: { contents: program(options), resolveDir: project.folder },
      bundle: true,
      format: 'esm',
      outfile: path.join(project.folder, 'esbuild/main.js'),
      logLevel: 'silent',
      // Core's engine asks for them in Node alone.
      external: ['node:*'],
    });
  write('esbuild/index.html', html('./main.js'));
  await bundle();
  expect(await titleOf(context, 'esbuild')).toMatch(
    /^DataError: .*the server answered 404\. Copy the folder dist\/digits .* as the option 'from'$/,
  );
  cpSync(
    path.join(project.folder, 'node_modules/@longhand/mnist/dist/digits'),
    path.join(project.folder, 'esbuild/digits'),
    { recursive: true },
  );
  await bundle("{ from: '/digits/' }");
  expect(await titleOf(context, 'esbuild')).toBe(EXPECTED);
});

test('as modules, without a bundler', async (context) => {
  const imports = {
    '@longhand/core': '/node_modules/@longhand/core/dist/index.js',
    '@longhand/core/errors': '/node_modules/@longhand/core/dist/errors.js',
    '@longhand/core/files': '/node_modules/@longhand/core/dist/files.js',
    '@longhand/mnist': '/node_modules/@longhand/mnist/dist/index.js',
  };
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  write('plain/index.html', html('./main.js', map));
  write('plain/main.js', program());
  expect(await titleOf(context, '.', 'plain/')).toBe(EXPECTED);
});
