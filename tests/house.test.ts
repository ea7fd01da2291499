import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// The arrows of the house: which folder of core may import from which. `maths` stands at the bottom.
const root = fileURLToPath(new URL('../..', import.meta.url));
const source = path.join(root, 'packages/core/src');

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'random.ts': [],
  maths: ['maths', 'random.ts', 'errors.ts'],
  'settings.ts': ['maths', 'random.ts', 'errors.ts'],
  settings: ['settings', 'settings.ts', 'maths', 'random.ts', 'errors.ts'],
  'checkpoint.ts': ['maths'],
  'check.ts': ['maths'],
  'files.ts': ['data', 'formats'],
  'text.ts': [],
  data: ['data', 'maths', 'random.ts', 'errors.ts'],
  formats: ['formats', 'data', 'maths', 'settings', 'checkpoint.ts', 'random.ts', 'errors.ts'],
  evaluation: ['evaluation', 'data', 'maths', 'random.ts', 'errors.ts'],
  explain: ['explain', 'data', 'maths', 'random.ts', 'errors.ts'],
  engine: ['engine', 'data', 'maths', 'random.ts', 'errors.ts'],
  training: [
    ...['training', 'engine', 'evaluation', 'data', 'maths', 'settings.ts', 'checkpoint.ts'],
    ...['random.ts', 'errors.ts'],
  ],
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      !file.endsWith('.test.support.ts') &&
      !file.startsWith('engine/kernels/'),
  );

describe('imports run one way', () => {
  for (const file of files.filter((name) => name !== 'index.ts')) {
    test(`core/${file} imports only what stands below it`, () => {
      const part = file.split('/')[0]!;
      const allowed = MAY_IMPORT[part];
      expect(allowed, `${part} has a place in the house`).toBeDefined();
      for (const imported of importsOf(file)) {
        expect(allowed, `${file} imports ${imported}`).toContain(imported.split('/')[0]);
      }
    });
  }
});

/** What a file of core imports, as paths from core's `src`. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)]
    .map(([, specifier]) => specifier!)
    .filter((specifier) => !(specifier.startsWith('node:') && file.startsWith('engine/')))
    .map((specifier) =>
      specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts')
        : `outside: ${specifier}`,
    );
}

test('core does not write to the console', () => {
  for (const file of files)
    expect(readFileSync(path.join(source, file), 'utf8'), file).not.toMatch(/console\./);
});

test('nothing calls Math.random: not the kernels, the command, the page, the benchmark, the examples or the scripts', () => {
  const all = ['packages', 'bench', 'examples', 'scripts', 'tests'].flatMap(sourcesIn);
  expect(all.length).toBeGreaterThan(300);
  for (const file of all) {
    expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(/Math\s*\.\s*random/);
  }
});

/** The programs in a folder of the repository, without what was installed or built. */
function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sourcesIn(name);
    return /\.(ts|tsx|js|html)$/.test(name) && name !== 'tests/house.test.ts' ? [name] : [];
  });
}
