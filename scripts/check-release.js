// Checks that a version may be published: every package has it, the packages need each other in it, and
// the changelog says what is in it. Prints the problems; the exit code is 1 if there are any.
//
//   node scripts/check-release.js v0.1.0 [FOLDER]
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [tag = '', root = fileURLToPath(new URL('..', import.meta.url))] = process.argv.slice(2);
const version = tag.replace(/^v/, '');

const problems = [...problemsOfVersion(), ...problemsOfPackages(), ...problemsOfChangelog()];
for (const problem of problems) process.stdout.write(`${problem}\n`);
if (problems.length === 0) process.stdout.write(`${version}: ready to be published\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOfVersion() {
  return /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`${tag}: expected a tag such as v0.1.0`];
}

function problemsOfPackages() {
  const files = ['package.json'].concat(
    readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/package.json`),
  );
  const manifests = files.map((file) => [file, JSON.parse(readFileSync(path.join(root, file), 'utf8'))]);
  const own = new Set(manifests.map(([, { name }]) => name));
  return manifests.flatMap(([file, { version: found, dependencies, devDependencies }]) => [
    ...(found === version ? [] : [`${file}: expected version ${version}, found ${found}`]),
    ...Object.entries({ ...dependencies, ...devDependencies })
      .filter(([name, wanted]) => own.has(name) && wanted !== version)
      .map(([name, wanted]) => `${file}: needs ${name} ${wanted}, expected ${version}`),
  ]);
}

/** An entry is a heading `## [0.1.0] - 2026-12-01` with something below it. */
function problemsOfChangelog() {
  const sections = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m).slice(1);
  const entry = sections.find((section) => section.startsWith(`[${version}]`));
  if (!entry) return [`CHANGELOG.md: no entry for ${version}: expected "## [${version}] - YYYY-MM-DD"`];
  const [heading, ...text] = entry.split('\n');
  const problems = [];
  if (!/^\[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(heading))
    problems.push(
      `CHANGELOG.md: the entry for ${version} has no date: expected "## [${version}] - YYYY-MM-DD"`,
    );
  if (!text.some((line) => /^- /.test(line)))
    problems.push(`CHANGELOG.md: the entry for ${version} is empty`);
  return problems;
}
