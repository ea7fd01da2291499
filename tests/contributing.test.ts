import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const at = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const text = readFileSync(at('CONTRIBUTING.md'), 'utf8');
/** Each list under "How to add …", by its title. */
const lists = new Map(
  text
    .split('\n## ')
    .find((part) => part.startsWith('How to add'))!
    .split('\n### ')
    .slice(1)
    .map((part) => [part.split('\n')[0]!, part]),
);
const pathsIn = (part: string) =>
  [...part.matchAll(/`((?:packages|tests|docs|scripts)\/[\w./-]+)`/g)].map(([, name]) => name!);

test('every file and folder that is named exists', () => {
  const named = pathsIn(text);
  expect(named.length).toBeGreaterThan(25);
  for (const name of named) expect(existsSync(at(name)), name).toBe(true);
  for (const [, link] of text.matchAll(/\]\(([\w./-]+)\)/g)) expect(existsSync(at(link!)), link).toBe(true);
});

/** Of each list, the registry that it must name, and what that file must hold. */
const REGISTRIES: Readonly<Record<string, readonly [file: string, table: RegExp]>> = {
  'an activation': ['packages/core/src/maths/activation.ts', /export const ACTIVATIONS\b/],
  'an optimizer': ['packages/core/src/maths/optimizers.ts', /export const OPTIMIZERS\b/],
  'a file format': ['packages/core/src/formats/file-formats.ts', /export const FILE_FORMATS\b/],
  'a command': ['packages/cli/src/commands/registry.ts', /export const COMMANDS\b/],
  'a mistake': ['packages/core/src/exercise/mistakes/all.ts', /export const MISTAKES\b/],
  'a page': ['packages/studio/src/page-registry.ts', /export const PAGES\b/],
};

describe('how to add', () => {
  test('has a list for everything that is a row of a table', () => {
    expect([...lists.keys()]).toEqual(Object.keys(REGISTRIES));
  });

  test.each(Object.entries(REGISTRIES))('%s: the registry is where the list says', (title, [file, table]) => {
    expect(pathsIn(lists.get(title)!)).toContain(file);
    expect(readFileSync(at(file), 'utf8')).toMatch(table);
  });
});

test('every script that is named is one of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = [...text.matchAll(/npm (?:run )?(start|test|\w+)\b/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named.filter((one) => one !== 'are')) expect(Object.keys(scripts)).toContain(name);
});
