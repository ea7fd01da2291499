import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, parseDocument } from 'yaml';
import { longhand, temporaryFolder } from '../cli/command.js';
import { redisServer } from '../runtimes/installed.js';
import { ROOT } from '../runtimes/repository.js';
import { startRedis } from './redis.js';

const read = (name: string) => readFileSync(path.join(ROOT, 'examples/sweep', name), 'utf8');
const folder = temporaryFolder();

interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly valueFrom: { readonly secretKeyRef?: object } }[];
  readonly volumeMounts: readonly { readonly name: string }[];
  readonly securityContext: { readonly allowPrivilegeEscalation: boolean };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: object };
    readonly template?: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

const manifests = parseAllDocuments(read('kubernetes.yaml')).map((document) => {
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS() as Manifest;
});
const compose = parseDocument(read('compose.yaml'));

/** @returns the flags that the command worker does not have */
async function unknownFlags(words: readonly string[]): Promise<string[]> {
  const { stdout } = await longhand(['worker', '--help'], folder);
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag);
  return words.filter((word) => word.startsWith('--') && !flags.includes(word));
}

describe('the manifest for Kubernetes', () => {
  test('has a kind, a version and a name for everything, and no two of a name', () => {
    const names = manifests.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);
    expect(names).toEqual([
      'v1 ConfigMap longhand-queue',
      'v1 Service longhand-queue',
      'apps/v1 StatefulSet longhand-queue',
      'apps/v1 Deployment longhand-worker',
      'networking.k8s.io/v1 NetworkPolicy longhand-queue',
    ]);
  });

  test('selects the pods that it makes, mounts volumes that it has, and gives no more rights than needed', () => {
    const sets = manifests.filter(({ spec }) => spec?.template);
    expect(sets.length).toBe(2);
    for (const { spec } of sets) {
      const { template, selector, volumeClaimTemplates = [] } = spec!;
      expect(template!.metadata.labels).toEqual(selector!.matchLabels);
      const volumes = [
        ...template!.spec.volumes.map(({ name }) => name),
        ...volumeClaimTemplates.map(({ metadata }) => metadata.name),
      ];
      for (const container of template!.spec.containers) {
        for (const { name } of container.volumeMounts) expect(volumes).toContain(name);
        expect(container.securityContext.allowPrivilegeEscalation).toBe(false);
      }
    }
  });

  test('starts workers with flags that exist, and the password from a secret alone', async () => {
    const worker = manifests.find(({ metadata }) => metadata.name === 'longhand-worker')!;
    const [container] = worker.spec!.template!.spec.containers;
    expect(await unknownFlags(container!.args!)).toEqual([]);
    const queue = container!.env!.find(({ name }) => name === 'LONGHAND_QUEUE');
    expect(queue?.valueFrom.secretKeyRef).toEqual({ name: 'longhand-queue', key: 'url' });
    expect(read('kubernetes.yaml')).not.toMatch(/kind: Secret/);
  });

  test('configures Redis as the file beside it does', () => {
    const own = manifests[0]!.data!['redis.conf'];
    expect(own).toBe(read('redis.conf').replaceAll(/^#.*\n/gm, ''));
  });
});

describe('the file for Docker Compose', () => {
  test('is whole, offers the queue to this machine alone, and starts workers with flags that exist', async () => {
    expect([...compose.errors, ...compose.warnings]).toEqual([]);
    const { services, volumes } = compose.toJS() as {
      readonly services: Readonly<
        Record<string, { ports?: string[]; command: string[]; depends_on?: object }>
      >;
      readonly volumes: object;
    };
    expect(Object.keys(services)).toEqual(['queue', 'worker']);
    expect(services.queue!.ports).toEqual(['127.0.0.1:6379:6379']);
    expect(services.worker!.ports).toBeUndefined();
    expect(Object.keys(services.worker!.depends_on!)).toEqual(['queue']);
    expect(Object.keys(volumes)).toEqual(['queue']);
    expect(await unknownFlags(services.worker!.command)).toEqual([]);
  });
});

test('the image of a worker starts it with flags that exist, and not as root', async () => {
  const steps = read('Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  expect(steps.map((line) => line.split(' ')[0])).toEqual([
    ...['FROM', 'ARG', 'RUN', 'USER', 'WORKDIR', 'STOPSIGNAL', 'ENTRYPOINT', 'CMD'],
  ]);
  const list = (name: string) => JSON.parse(steps.find((line) => line.startsWith(name))!.slice(name.length));
  expect(list('ENTRYPOINT')).toEqual(['longhand', 'worker']);
  expect(await unknownFlags(list('CMD'))).toEqual([]);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'packages/cli/package.json'), 'utf8'));
  expect(steps).toContain(`ARG VERSION=${version}`);
});

test('Redis takes its configuration', async (context) => {
  const words = read('redis.conf').split('\n');
  const args = words
    .filter((line) => /^\w/.test(line))
    .flatMap((line) => {
      const [name, value] = line.split(' ') as [string, string];
      return [`--${name}`, value.replace('""', '')];
    });
  const server = await startRedis(redisServer(context), { args });
  const { code, stderr } = await longhand(
    [
      'worker',
      '--queue',
      server.url,
      '--data',
      path.join(ROOT, 'tests/fixtures/iris.csv'),
      '--idle-exit',
      '1s',
    ],
    folder,
  );
  await server.remove();
  expect(stderr).not.toContain('longhand:');
  expect(code).toBe(0);
});
