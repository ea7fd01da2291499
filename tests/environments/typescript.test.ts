// The declarations compile without the DOM's and Node's types, with old and new versions of TypeScript.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { createProject, run, toolFolder } from './project.js';

const VERSIONS = ['5.0', '5.4', '5.9', '6', '7'] as const;

/** A program that uses what the declarations say, and imports every sub-path that has types. */
function writeProgram(project: string): void {
  const manifest = path.join(project, 'node_modules', '@longhand', 'core', 'package.json');
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: Record<string, unknown> };
  const paths = Object.keys(exports).filter((name) => !name.endsWith('.json'));
  expect(paths.length).toBeGreaterThan(5);
  writeFileSync(
    path.join(project, 'program.ts'),
    `${paths.map((name, i) => `import * as part${i} from '@longhand/core${name.slice(1)}';`).join('\n')}
import { createNetwork, Dataset, evaluate, train, type Step } from '@longhand/core';
import { createEngine, createPredictor } from '@longhand/core/engine';

export async function program(): Promise<number> {
  const dataset = new Dataset({
    pixels: new Uint8Array(32),
    labels: new Uint8Array(2),
    width: 4,
    height: 4,
    classNames: ['a', 'b'],
  });
  const network = createNetwork({ layers: [16, 2], seed: 1 });
  const run = train(network, dataset, {
    iterations: 3,
    threads: 2,
    worker: 'https://example.org/longhand-worker.js',
    signal: { aborted: false },
  });
  const steps: Step[] = [];
  for await (const step of run) steps.push(step);
  await run.dispose();
  const engine = await createEngine(network, { threads: 0 });
  await engine.dispose();
  const [first] = createPredictor(run.network, { engine: 'maths' }).predict(dataset.pixels(0));
  return evaluate(run.network, dataset, { engine: 'maths' }).accuracy + (first ?? 0);
}
export const parts = [${paths.map((_, i) => `part${i}`).join(', ')}];
`,
  );
  writeFileSync(
    path.join(project, 'disposing.ts'),
    `import { createNetwork, Dataset, train } from '@longhand/core';
export async function disposing(dataset: Dataset): Promise<void> {
  await using run = train(createNetwork({ layers: [16, 2] }), dataset);
  for await (const step of run) if (step.loss < 1) break;
}
`,
  );
}

// Each compiles four times.
const TIMEOUT = 300_000;

test.for(VERSIONS)('TypeScript %s', { timeout: TIMEOUT }, (version, context) => {
  const folder = path.join(toolFolder('typescript', context), 'node_modules', `typescript-${version}`);
  const tsc = ['bin/tsc', 'bin/tsc.js']
    .map((file) => path.join(folder, file))
    .find((file) => existsSync(file));
  if (!tsc) throw new Error(`${folder} has no compiler`);
  const project = createProject(undefined, {});
  writeProgram(project);
  const options = { target: 'ES2022', strict: true, skipLibCheck: false, types: [], noEmit: true };
  const compile = (name: string, compilerOptions: object, files: readonly string[]) => {
    writeFileSync(path.join(project, name), JSON.stringify({ compilerOptions, files }));
    return run(process.execPath, [tsc, '-p', name], project).stdout;
  };
  for (const [name, given] of Object.entries({
    node: { lib: ['ES2022'], module: 'NodeNext', moduleResolution: 'NodeNext' },
    bundler: { lib: ['ES2022'], module: 'ESNext', moduleResolution: 'bundler' },
    page: {
      lib: ['ES2022', 'DOM'],
      module: 'ESNext',
      moduleResolution: 'bundler',
      exactOptionalPropertyTypes: true,
    },
  })) {
    expect(compile(`${name}.json`, { ...options, ...given }, ['program.ts'])).toBe('');
  }
  if (version === '5.0') return;
  // `await using` needs a version that knows it.
  const disposable = {
    lib: ['ES2022', 'ESNext.Disposable'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
  };
  expect(compile('disposing.json', { ...options, ...disposable }, ['disposing.ts'])).toBe('');
});
