import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';

const folder = temporaryFolder();

interface Repository {
  readonly version?: string;
  /** The version of core that mnist needs. */
  readonly needs?: string;
  readonly changelog?: string;
}

const ENTRY = '## [1.2.0] - 2026-12-01\n\n### Added\n\n- Something.\n';

/** Checks a repository of two packages for a tag. */
function check(tag: string, { version = '1.2.0', needs = '1.2.0', changelog = ENTRY }: Repository = {}) {
  const write = (file: string, manifest: object) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), JSON.stringify(manifest));
  };
  write('package.json', { name: 'all', version: '1.2.0' });
  write('packages/core/package.json', { name: 'core', version });
  write('packages/mnist/package.json', { name: 'mnist', version: '1.2.0', dependencies: { core: needs } });
  writeFileSync(
    path.join(folder, 'CHANGELOG.md'),
    `# Changelog\n\n## [Unreleased]\n\n- Later.\n\n${changelog}`,
  );
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'scripts/check-release.js'), tag, folder],
    { encoding: 'utf8' },
  );
  return { status, stdout };
}

test('a version with its entry in the changelog may be published', () => {
  expect(check('v1.2.0')).toEqual({ status: 0, stdout: '1.2.0: ready to be published\n' });
});

test.each([
  ['no entry', { changelog: '' }, 'CHANGELOG.md: no entry for 1.2.0: expected "## [1.2.0] - YYYY-MM-DD"'],
  ['another entry', { changelog: ENTRY.replace('1.2.0', '1.1.0') }, 'CHANGELOG.md: no entry for 1.2.0'],
  ['no date', { changelog: '## [1.2.0]\n\n- Something.\n' }, 'CHANGELOG.md: the entry for 1.2.0 has no date'],
  ['nothing in it', { changelog: '## [1.2.0] - 2026-12-01\n' }, 'CHANGELOG.md: the entry for 1.2.0 is empty'],
  [
    'a package of another version',
    { version: '1.1.0' },
    'core/package.json: expected version 1.2.0, found 1.1.0',
  ],
  [
    'another version needed',
    { needs: '1.1.0' },
    'packages/mnist/package.json: needs core 1.1.0, expected 1.2.0',
  ],
])('%s: refused', (_, repository, problem) => {
  const { status, stdout } = check('v1.2.0', repository);
  expect(status).toBe(1);
  expect(stdout).toContain(problem);
});

test('a tag that is no version is refused', () => {
  expect(check('release').stdout).toContain('release: expected a tag such as v0.1.0');
});
