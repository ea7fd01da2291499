// What runs on a command line: versions of Node, Bun and Deno, CommonJS, and programs in one file.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { programOf } from '../runtimes/installed.js';
import { ROOT } from '../runtimes/repository.js';
import { expectedOutcome } from './expected.js';
import type { Outcome } from './page.js';
import { createProject, outcomeOf, run, toolFolder } from './project.js';

let expected: Outcome;

beforeAll(async () => {
  expected = await expectedOutcome();
});

const ANSWER = 'console.log(JSON.stringify(outcome));';

/** A project with a program for each way to start: run.mjs, run.cjs. */
function createProgram(options: object, parent?: string): string {
  const project = createProject(parent, { 'carry-out.js': '.' });
  const given = JSON.stringify(options);
  writeFileSync(
    path.join(project, 'run.mjs'),
    `import { carryOut } from './carry-out.js'; carryOut(${given}).then((outcome) => ${ANSWER.slice(0, -1)});`,
  );
  writeFileSync(
    path.join(project, 'run.cjs'),
    `const { createNetwork } = require('@longhand/core');
     const outcome = createNetwork({ layers: [16, 3], seed: 1 }).layers.length;
     import('./carry-out.js').then(({ carryOut }) => carryOut(${given})).then((outcome) => ${ANSWER.slice(0, -1)});
     if (outcome !== 1) throw new Error('require gave something else');`,
  );
  return project;
}

/** A version of Node from the registry. */
function nodeOf(name: 'node-oldest' | 'node-newest' | 'node22', context: TestContext): string {
  if (name === 'node22') return programOf(name, context);
  const program = path.join(toolFolder('node', context), 'node_modules', name, 'bin', 'node');
  return existsSync(program) ? program : context.skip(`the registry has no ${name} for ${process.platform}`);
}

describe.each(['node-oldest', 'node22', 'node-newest'] as const)('%s', (name) => {
  test('trains with default threads, two and none', (context) => {
    const node = nodeOf(name, context);
    for (const [options, threads] of [
      [{}, undefined],
      [{ threads: 2 }, 2],
      [{ threads: 0 }, 0],
    ] as const) {
      const { outcome, stderr } = outcomeOf<Outcome>(node, ['run.mjs'], createProgram(options));
      expect(outcome).toMatchObject({ sha256: expected.sha256, accuracy: 1 });
      if (threads === undefined) expect(outcome.threads).toBeGreaterThan(0);
      else expect(outcome.threads).toBe(threads);
      expect(stderr).toBe('');
    }
  });
});

test.for(['node22', 'node-newest'] as const)('CommonJS require in %s', (name, context) => {
  const node = nodeOf(name, context);
  const { outcome } = outcomeOf<Outcome>(node, ['run.cjs'], createProgram({ threads: 2 }));
  expect(outcome).toMatchObject({ sha256: expected.sha256, threads: 2 });
});

test.for(['node22', 'node-newest'] as const)(
  '%s --permission: no worker is permitted, so the calling thread computes, with one warning',
  (name, context) => {
    const node = nodeOf(name, context);
    const project = createProgram({ threads: 2 });
    const { outcome, stderr } = outcomeOf<Outcome>(
      node,
      ['--permission', '--allow-fs-read=*', 'run.mjs'],
      project,
    );
    expect(outcome).toMatchObject({ sha256: expected.sha256, threads: 0 });
    expect(stderr.match(/no worker could be started/g)).toHaveLength(1);
  },
);

const DENO_ENV = {
  DENO_DIR: path.join(ROOT, 'tests', 'runtimes', 'node_modules', '.deno'),
  DENO_NO_UPDATE_CHECK: '1',
};

test('Bun trains with two threads', (context) => {
  const { outcome } = outcomeOf<Outcome>(
    programOf('bun', context),
    ['run.mjs'],
    createProgram({ threads: 2 }),
  );
  expect(outcome).toMatchObject({ sha256: expected.sha256, threads: 2 });
});

test('Deno trains with two threads', (context) => {
  const args = ['run', '--quiet', '--no-lock', '--allow-read', 'run.mjs'];
  const project = createProgram({ threads: 2 });
  const { outcome } = outcomeOf<Outcome>(programOf('deno', context), args, project, DENO_ENV);
  expect(outcome).toMatchObject({ sha256: expected.sha256, threads: 2 });
});

describe('programs in one file train and predict', () => {
  test('bun build --compile', (context) => {
    const project = createProgram({});
    run(programOf('bun', context), ['build', '--compile', 'run.mjs', '--outfile', 'program'], project);
    const { outcome } = outcomeOf<Outcome>(path.join(project, 'program'), [], project);
    expect(outcome).toMatchObject({ sha256: expected.sha256, accuracy: 1, label: 'high' });
  });

  test('deno compile', (context) => {
    const project = createProgram({});
    const args = ['compile', '--quiet', '--no-lock', '--allow-read', '--output', 'program', 'run.mjs'];
    try {
      run(programOf('deno', context), args, project, DENO_ENV);
    } catch (error) {
      // It takes its runtime from a server that a machine may not reach.
      const { message } = error as Error;
      if (!/download|denort|dl\.deno\.land/i.test(message)) throw error;
      const why = message.split('\n').find((line) => /download|denort|dl\.deno\.land/i.test(line));
      context.skip(`deno compile cannot download its runtime here: ${why}`);
    }
    const { outcome } = outcomeOf<Outcome>(path.join(project, 'program'), [], project);
    expect(outcome).toMatchObject({ sha256: expected.sha256, accuracy: 1, label: 'high' });
  });

  test('a single executable application of Node', (context) => {
    const node = nodeOf('node-newest', context);
    const tools = toolFolder('rollup', context);
    const postject = path.join(toolFolder('node', context), 'node_modules', 'postject', 'dist', 'cli.js');
    const project = createProgram({}, tools);
    const bundle = ['--bundle', '--platform=node', '--format=cjs', '--outfile=bundle.cjs'];
    run(
      path.join(tools, 'node_modules/esbuild/bin/esbuild'),
      ['run.mjs', ...bundle, '--log-level=error'],
      project,
    );
    const config = { main: 'bundle.cjs', output: 'blob', disableExperimentalSEAWarning: true };
    writeFileSync(path.join(project, 'sea.json'), JSON.stringify(config));
    run(node, ['--experimental-sea-config', 'sea.json'], project);
    const program = path.join(project, 'program');
    copyFileSync(node, program);
    const fuse = /NODE_SEA_FUSE_[0-9a-f]{32}/.exec(readFileSync(node, 'latin1'))?.[0];
    const sentinel = ['--sentinel-fuse', fuse!];
    run(process.execPath, [postject, 'program', 'NODE_SEA_BLOB', 'blob', ...sentinel], project);
    const { outcome, stderr } = outcomeOf<Outcome>(program, [], project);
    expect(outcome).toMatchObject({ sha256: expected.sha256, accuracy: 1, label: 'high', threads: 0 });
    expect(stderr).toContain('no worker could be started');
  });
});
