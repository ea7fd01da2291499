// Where WebAssembly, workers or files of the same origin are missing.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { expectedOutcome } from './expected.js';
import { ISOLATION, type Outcome, openPage, serveFolder } from './page.js';
import { createProject, outcomeOf, PROGRAMS, run, temporaryFolder, toolFolder } from './project.js';

let expected: Outcome;

beforeAll(async () => {
  expected = await expectedOutcome();
});

/** A page with its worker, as esbuild builds them. */
function builtPage(
  context: TestContext,
  entries: readonly string[] = ['longhand-worker=@longhand/core/worker'],
) {
  const folder = toolFolder('rollup', context);
  const project = createProject(folder);
  const args = ['main.js', ...entries, 'index.html', '--loader:.html=copy'];
  const options = ['--bundle', '--format=esm', '--outdir=dist'];
  run(path.join(folder, 'node_modules/esbuild/bin/esbuild'), [...args, ...options], project);
  return path.join(project, 'dist');
}

const policy = (scripts: string) => ({
  ...ISOLATION,
  'Content-Security-Policy': `default-src 'none'; img-src data:; connect-src 'self'; worker-src 'self'; script-src ${scripts}`,
});

describe('a Content-Security-Policy', () => {
  test("without 'wasm-unsafe-eval': one error that says what to add; the maths works", async (context) => {
    const { origin } = await serveFolder(builtPage(context), policy("'self'"));
    const opened = await openPage(origin, context);
    for (const options of [{}, { threads: 2 }, { threads: 0 }]) {
      const failed = opened.train(options);
      await expect(failed).rejects.toThrow(/'wasm-unsafe-eval' to script-src.*engine: 'maths'/);
    }
    expect(await opened.train({ engine: 'maths' })).toMatchObject({ accuracy: 1, label: 'high', threads: 0 });
    expect(opened.messages.filter((message) => message.startsWith('warn'))).toEqual([]);
  });

  test("with 'wasm-unsafe-eval': trains with threads", async (context) => {
    const { origin } = await serveFolder(builtPage(context), policy("'self' 'wasm-unsafe-eval'"));
    const opened = await openPage(origin, context);
    expect(await opened.train({ threads: 2 })).toMatchObject({ sha256: expected.sha256, threads: 2 });
    expect(opened.messages).toEqual([]);
  });

  test('without workers: falls back to the calling thread, with one warning', async (context) => {
    const headers = policy("'self' 'wasm-unsafe-eval'");
    const forbidden = {
      'Content-Security-Policy': headers['Content-Security-Policy'].replace(
        "worker-src 'self'",
        "worker-src 'none'",
      ),
    };
    const { origin } = await serveFolder(builtPage(context), { ...headers, ...forbidden });
    const opened = await openPage(origin, context);
    expect(await opened.train({ threads: 2 })).toMatchObject({ sha256: expected.sha256, threads: 0 });
    expect(opened.messages.filter((message) => message.startsWith('warn'))).toHaveLength(1);
  });
});

test('the calling thread computes in slices: a page without workers stays alive', async (context) => {
  const { origin } = await serveFolder(builtPage(context, []));
  const opened = await openPage(origin, context);
  const { gap, duration, threads } = await opened.page.evaluate(async () => {
    const start = performance.now();
    let [last, longest] = [start, 0];
    const tick = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    };
    const timer = setInterval(tick, 1);
    type Train = (options: object) => Promise<{ threads: number }>;
    const { carryOut } = globalThis as unknown as { carryOut: Train };
    const outcome = await carryOut({ iterations: 8000, reportEvery: 8000 });
    tick();
    clearInterval(timer);
    return { gap: longest, duration: performance.now() - start, threads: outcome.threads };
  });
  expect(threads).toBe(0);
  // The engine promises 20 ms; the rest is for other programs on this machine.
  expect(duration).toBeGreaterThan(500);
  expect(gap).toBeLessThan(Math.min(250, duration / 2));
});

test('workerd: the maths trains and predicts; the engine is one error', async (context) => {
  const folder = toolFolder('workerd', context);
  const tools = toolFolder('rollup', context);
  const project = createProject(folder, { 'carry-out.js': '.' });
  writeFileSync(
    path.join(project, 'edge.js'),
    `import { carryOut, carryOutSafely } from './carry-out.js';
     export default {
       async fetch() {
         return Response.json([await carryOut({ engine: 'maths' }), await carryOutSafely(), await carryOutSafely({ threads: 0 })]);
       },
     };`,
  );
  const bundle = ['--bundle', '--format=esm', '--outfile=bundle.mjs'];
  run(path.join(tools, 'node_modules/esbuild/bin/esbuild'), ['edge.js', ...bundle], project);
  writeFileSync(
    path.join(project, 'run.mjs'),
    `import { Miniflare } from 'miniflare';
     const edge = new Miniflare({ modules: [{ type: 'ESModule', path: 'bundle.mjs' }], compatibilityDate: '2026-07-01', host: '127.0.0.1' });
     const response = await edge.dispatchFetch('http://localhost/');
     const text = await response.text();
     await edge.dispose();
     console.log(text);`,
  );
  const { outcome } = outcomeOf<[Outcome, object, object]>(process.execPath, ['run.mjs'], project);
  expect(outcome[0]).toMatchObject({ accuracy: 1, label: 'high', threads: 0 });
  for (const refused of outcome.slice(1))
    expect(refused).toEqual({ error: expect.stringMatching(/^EngineError: .*engine: 'maths'/) });
});

describe('one file from another origin, without a bundler', () => {
  test.for([
    ['with the two headers', ISOLATION, 2],
    ['without them', {}, 1],
  ] as const)('%s', async ([, headers, threads], context) => {
    const cdn = temporaryFolder();
    const file = path.join(ROOT, 'packages', 'core', 'dist', 'longhand.browser.js');
    copyFileSync(file, path.join(cdn, 'longhand.browser.js'));
    const host = await serveFolder(cdn, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    const site = temporaryFolder();
    mkdirSync(site, { recursive: true });
    const address = `${host.origin}/longhand.browser.js`;
    copyFileSync(path.join(PROGRAMS, 'carry-out.js'), path.join(site, 'carry-out.js'));
    writeFileSync(
      path.join(site, 'index.html'),
      `<!doctype html><html lang="en"><title>One file</title><link rel="icon" href="data:,">
       <script type="importmap">{ "imports": { "@longhand/core": "${address}" } }</script>
       <script type="module">import { carryOut } from './carry-out.js'; Object.assign(globalThis, { carryOut });</script></html>`,
    );
    const { origin } = await serveFolder(site, headers);
    const opened = await openPage(origin, context);
    const outcome = await opened.train({ threads: 2 });
    expect(outcome, opened.messages.join('\n')).toMatchObject({ sha256: expected.sha256, threads });
    expect(opened.messages).toEqual([]);
  });
});
