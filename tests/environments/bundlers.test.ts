import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { bin, buildWithParcel, buildWithVite, buildWithWebpack, startViteServer } from './builds.js';
import { expectedOnDigits, expectedOutcome } from './expected.js';
import { type OpenedPage, type Outcome, openPage, serveFolder } from './page.js';
import { createProject, outcomeOf, run, startServer, toolFolder } from './project.js';

let expected: Outcome;

beforeAll(async () => {
  expected = await expectedOutcome();
});

/** Trains with default threads, two and none: workers start, and the bits are Node's. */
async function trainsWithThreads(opened: OpenedPage): Promise<void> {
  const { sha256 } = expected;
  const byDefault = await opened.train();
  expect(byDefault, opened.messages.join('\n')).toMatchObject({ sha256, accuracy: 1, label: 'high' });
  expect(byDefault.isolated).toBe(true);
  expect(byDefault.threads, opened.messages.join('\n')).toBeGreaterThan(0);
  expect(await opened.train({ threads: 2 })).toMatchObject({ sha256, threads: 2 });
  expect(await opened.train({ threads: 0 })).toMatchObject({ sha256, threads: 0 });
  expect(opened.messages).toEqual([]);
}

/** Trains on the calling thread: the bundler does not build the worker, and one warning says so. */
async function fallsBack(opened: OpenedPage): Promise<void> {
  const { sha256 } = expected;
  expect(await opened.train(), opened.messages.join('\n')).toMatchObject({ sha256, threads: 0 });
  expect(await opened.train({ threads: 2 })).toMatchObject({ sha256, threads: 0 });
  const warnings = opened.messages.filter((message) => message.startsWith('warn'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('@longhand/core/worker');
}

/** What Vite 7 needs for a worker of one's own, and Vite 8 does not: the library loads parts of itself later. */
const WORKER_FORMAT = "export default { worker: { format: 'es' } };";

describe.each(['vite7', 'vite8'])('%s', (tool) => {
  test('build: trains with threads in a worker of one’s own', async (context) => {
    const folder = toolFolder(tool, context);
    const project = createProject(folder, { 'carry-out.js': '.', 'index.html': '.', 'in-a-worker': '.' });
    if (tool === 'vite7') writeFileSync(path.join(project, 'vite.config.js'), WORKER_FORMAT);
    const { origin } = await serveFolder(buildWithVite(folder, project));
    const opened = await openPage(origin, context);
    const { sha256 } = expected;
    expect(await opened.train({ threads: 2 }), opened.messages.join('\n')).toMatchObject({
      sha256,
      threads: 2,
    });
    expect(await opened.train({ threads: 0 })).toMatchObject({ sha256, threads: 0 });
    expect(opened.messages).toEqual([]);
  });

  test('build: trains with threads, without configuration', async (context) => {
    const folder = toolFolder(tool, context);
    const { origin } = await serveFolder(buildWithVite(folder, createProject(folder)));
    await trainsWithThreads(await openPage(origin, context));
  });

  test('build without the two headers: one worker, the same bits', async (context) => {
    const folder = toolFolder(tool, context);
    const { origin } = await serveFolder(buildWithVite(folder, createProject(folder), '--base', './'), {});
    const opened = await openPage(origin, context);
    expect(await opened.train()).toMatchObject({ sha256: expected.sha256, threads: 1, isolated: false });
    expect(opened.messages).toEqual([]);
  });

  test('dev: trains with threads, without configuration', async (context) => {
    const folder = toolFolder(tool, context);
    const project = createProject(folder);
    const server = await startViteServer(project);
    try {
      const opened = await openPage(server.found, context);
      opened.messages.length = 0;
      await trainsWithThreads(opened);
    } finally {
      await server.end();
    }
  });
});

test('webpack 5, production: trains with threads, without configuration', async (context) => {
  const folder = toolFolder('webpack', context);
  const { origin } = await serveFolder(buildWithWebpack(folder, createProject(folder)));
  await trainsWithThreads(await openPage(`${origin}/index.html`, context));
});

test('Parcel 2: trains with threads, without configuration', async (context) => {
  const folder = toolFolder('parcel', context);
  const { origin } = await serveFolder(buildWithParcel(folder, createProject(folder)));
  await trainsWithThreads(await openPage(origin, context));
});

describe('esbuild', () => {
  const options = ['--bundle', '--minify', '--format=esm', '--outdir=dist'];

  test('falls back to the calling thread, and says so', async (context) => {
    const folder = toolFolder('rollup', context);
    const project = createProject(folder);
    run(
      bin(folder, 'esbuild/bin/esbuild'),
      ['main.js', 'index.html', '--loader:.html=copy', ...options],
      project,
    );
    const { origin } = await serveFolder(path.join(project, 'dist'));
    await fallsBack(await openPage(origin, context));
  });

  test('with the worker as a second entry: trains with threads', async (context) => {
    const folder = toolFolder('rollup', context);
    const project = createProject(folder);
    const entries = ['main.js', 'longhand-worker=@longhand/core/worker', 'index.html', '--loader:.html=copy'];
    run(bin(folder, 'esbuild/bin/esbuild'), [...entries, ...options], project);
    const { origin } = await serveFolder(path.join(project, 'dist'));
    await trainsWithThreads(await openPage(origin, context));
  });

  test('as a script (iife): falls back to the calling thread, and says so', async (context) => {
    const folder = toolFolder('rollup', context);
    const project = createProject(folder);
    const iife = ['--bundle', '--format=iife', '--outdir=dist', '--log-override:empty-import-meta=silent'];
    run(
      bin(folder, 'esbuild/bin/esbuild'),
      ['main.js', 'index.html', '--loader:.html=copy', ...iife],
      project,
    );
    const { origin } = await serveFolder(path.join(project, 'dist'));
    await fallsBack(await openPage(origin, context));
  });
});

describe('Rollup', () => {
  function build(folder: string, input: object, context: TestContext): Promise<OpenedPage> {
    const project = createProject(folder);
    writeFileSync(
      path.join(project, 'build.mjs'),
      `import { rollup } from 'rollup';
       import resolve from '@rollup/plugin-node-resolve';
       import { copyFileSync } from 'node:fs';
       const bundle = await rollup({ input: ${JSON.stringify(input)}, plugins: [resolve()], onwarn: (warning) => { throw new Error(warning.message); } });
       await bundle.write({ dir: 'dist', format: 'es', entryFileNames: '[name].js' });
       copyFileSync('index.html', 'dist/index.html');`,
    );
    run(process.execPath, ['build.mjs'], project);
    return serveFolder(path.join(project, 'dist')).then(({ origin }) => openPage(origin, context));
  }

  test('falls back to the calling thread, and says so', async (context) => {
    await fallsBack(await build(toolFolder('rollup', context), { main: 'main.js' }, context));
  });

  test('with the worker as a second entry: trains with threads', async (context) => {
    const input = { main: 'main.js', 'longhand-worker': '@longhand/core/worker' };
    await trainsWithThreads(await build(toolFolder('rollup', context), input, context));
  });
});

// Its build takes half a minute on an idle machine.
const NEXT_TIMEOUT = 400_000;

test('Next 16: a client component trains with threads; a route and a server component train', {
  timeout: NEXT_TIMEOUT,
}, async (context) => {
  const folder = toolFolder('next', context);
  const files = { next: '.', 'carry-out.js': 'app', 'digits/train-on-digits.js': 'app' };
  const project = createProject(folder, files, ['core', 'mnist']);
  const next = bin(folder, 'next/dist/bin/next');
  const { sha256 } = expected;
  const served = async (use: (origin: string) => Promise<void>) => {
    run(process.execPath, [next, 'build'], project, { NEXT_TELEMETRY_DISABLED: '1' });
    const args = [next, 'start', '--hostname', '127.0.0.1', '--port', '0'];
    const server = await startServer(process.execPath, args, project, /(http:\/\/127\.0\.0\.1:\d+)/);
    try {
      await use(server.found);
    } finally {
      await server.end();
    }
  };
  await served(async (origin) => {
    const trained = await (await fetch(`${origin}/api/train`)).json();
    expect(trained).toMatchObject({ sha256, accuracy: 1, label: 'high', threads: 0 });
    expect(await (await fetch(`${origin}/server`)).text()).toContain(sha256);
    const opened = await openPage(origin, context);
    await trainsWithThreads(opened);
    const onDigits = await opened.page.evaluate(() =>
      (globalThis as unknown as { trainOnDigits: () => Promise<object> }).trainOnDigits(),
    );
    expect(onDigits).toMatchObject(await expectedOnDigits());
    expect(opened.messages).toEqual([]);
  });

  // The one line that brings threads to the server.
  const config = path.join(project, 'next.config.mjs');
  const line = "export default { serverExternalPackages: ['@longhand/core'],";
  writeFileSync(config, readFileSync(config, 'utf8').replace('export default {', line));
  await served(async (origin) => {
    const trained = (await (await fetch(`${origin}/api/train`)).json()) as Outcome;
    expect(trained).toMatchObject({ sha256, accuracy: 1, label: 'high' });
    expect(trained.threads).toBeGreaterThan(0);
  });
});

describe('@longhand/mnist: a page trains on its digits', () => {
  // Bundlers warn of large files: the digits are 10 MB.
  const webpack = (folder: string, project: string) =>
    buildWithWebpack(folder, project, { performance: { hints: false } });

  test.for([
    ['vite7', buildWithVite],
    ['vite8', buildWithVite],
    ['webpack', webpack],
    ['parcel', buildWithParcel],
  ] as const)('%s, without configuration', async ([tool, build], context) => {
    const folder = toolFolder(tool, context);
    const project = createProject(folder, { digits: '.', 'index.html': '.' }, ['core', 'mnist']);
    const { origin } = await serveFolder(build(folder, project));
    const opened = await openPage(`${origin}/index.html`, context);
    const outcome = await opened.train();
    expect(outcome, opened.messages.join('\n')).toMatchObject(await expectedOnDigits());
    expect(outcome.threads).toBeGreaterThan(0);
    expect(opened.messages).toEqual([]);
  });

  test.for(['vite7', 'vite8'])('%s, dev server, without configuration', async (tool, context) => {
    const folder = toolFolder(tool, context);
    const project = createProject(folder, { digits: '.', 'index.html': '.' }, ['core', 'mnist']);
    const server = await startViteServer(project);
    try {
      const opened = await openPage(server.found, context);
      expect(await opened.train(), opened.messages.join('\n')).toMatchObject(await expectedOnDigits());
    } finally {
      await server.end();
    }
  });
});

test('the package, as it was installed, runs without a bundler', () => {
  const project = createProject(undefined, { 'carry-out.js': '.' });
  writeFileSync(
    path.join(project, 'run.mjs'),
    `import { carryOut } from './carry-out.js'; console.log(JSON.stringify(await carryOut({ threads: 2 })));`,
  );
  const { outcome } = outcomeOf<Outcome>(process.execPath, ['run.mjs'], project);
  expect(outcome).toMatchObject({ sha256: expected.sha256, threads: 2 });
});
