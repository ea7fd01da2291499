// The files of examples/sweep, held against the linters and schemas of the programs that read them.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../runtimes/repository.js';
import { temporaryFolder, toolFolder } from './project.js';

const fileOf = (name: string) => path.join(ROOT, 'examples/sweep', name);
const read = (name: string) => readFileSync(fileOf(name), 'utf8');

/** Runs a linter on a file. */
function lint(context: TestContext, [program, ...args]: readonly [string, ...string[]], file: string) {
  const bin = path.join(toolFolder('deployment', context), 'node_modules', program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, file], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

/** A copy of an example in which something is wrong. */
function spoiled(name: string, right: string, wrong: string): string {
  const text = read(name);
  expect(text).toContain(right);
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, text.replace(right, wrong));
  return file;
}

// It asks for single quotes around ports, where our formatter writes double ones.
const RULES = ['--disable-rule', 'require-quotes-in-ports', '--max-warnings', '0'] as const;
const COMPOSE = ['dclint/bin/dclint.cjs', ...RULES] as const;
const IMAGE = ['dockerfile-utils/bin/dockerfile-utils', 'lint'] as const;

test('the linter of Docker Compose has nothing to say about the compose file', (context) => {
  expect(lint(context, COMPOSE, fileOf('compose.yaml'))).toMatchObject({ status: 0 });
  const wrong = spoiled('compose.yaml', 'restart: unless-stopped', 'restarts: unless-stopped');
  expect(lint(context, COMPOSE, wrong)).toMatchObject({
    status: 1,
    said: expect.stringContaining('must NOT have additional properties'),
  });
});

test('the linter of Dockerfiles has nothing to say about the image of a worker', (context) => {
  expect(lint(context, IMAGE, fileOf('Dockerfile'))).toMatchObject({ status: 0, said: '' });
  const wrong = spoiled('Dockerfile', 'STOPSIGNAL SIGTERM', 'STOPSIGNL SIGTERM');
  expect(lint(context, IMAGE, wrong).said).toContain('STOPSIGNL');
});

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
}
type Model = new (resource: Resource) => { validate(): void };

/** What the schema of Kubernetes says against a resource; undefined if it has nothing to say. */
function objectionTo(resource: Resource, context: TestContext): string | undefined {
  const require = createRequire(path.join(toolFolder('deployment', context), 'package.json'));
  const models = require(`kubernetes-models/${resource.apiVersion}`) as Readonly<Record<string, Model>>;
  try {
    new models[resource.kind]!(resource).validate();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const resourcesOf = (text: string): Resource[] => parseAllDocuments(text).map((one) => one.toJS());

test('the schema of Kubernetes has nothing to say about the manifest', (context) => {
  const resources = resourcesOf(read('kubernetes.yaml'));
  expect(resources.length).toBe(5);
  expect(resources.map((resource) => objectionTo(resource, context))).toEqual(resources.map(() => undefined));
  const wrong = resourcesOf(read('kubernetes.yaml').replaceAll(/replicas: \d+/g, 'replicas: many'));
  const objections = wrong.flatMap((resource) => objectionTo(resource, context) ?? []);
  expect(objections).toEqual([expect.stringContaining('replicas'), expect.stringContaining('replicas')]);
});
