import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { PACKAGES, type PackageFolder, type Packed, pack } from './pack.js';

const EVERYWHERE = [/^package\.json$/, /^README\.md$/, /^LICENSE$/];
const COMPILED = [/^dist\/([a-z0-9-]+\/)*[a-z0-9-]+(\.row|\.generated)?(\.d\.ts|\.js)$/];

/** The files that a tarball may have, and no others; each pattern must have one. */
const CONTENTS: Readonly<Record<PackageFolder, readonly RegExp[]>> = {
  core: [/^(errors|files)\/package\.json$/, ...COMPILED, /^dist\/longhand\.browser\.js$/],
  mnist: [...COMPILED, /^NOTICE$/, /^dist\/digits\/(train|t10k)-(images|labels)\.bin$/],
  formats: COMPILED,
  sweep: COMPILED,
  cli: [
    /^dist\/bundle\/(main|command|reading)\.js$/,
    /^dist\/bundle\/[\w-]+\.js$/,
    // Of what is inside and was written by others.
    /^dist\/bundle\/licenses\.txt$/,
    /^bin\/longhand\.js$/,
  ],
  studio: [
    /^NOTICE$/,
    // What a learner's program runs in.
    /^dist\/assets\/sandbox-[\da-f]{8}\.html$/,
    /^dist\/(index\.html|service-worker\.js|studio\.webmanifest|icon\.svg|licenses\.txt)$/,
    /^dist\/assets\/[\w.-]+-[\w-]{8}\.(js|css|woff2|safetensors)$/,
    // What decodes JPEG and WebP, loaded with the first such picture.
    /^dist\/assets\/(mozjpeg|webp)_dec-[\w-]{8}\.wasm$/,
    /^dist\/data\/first\.[0-9a-f]{8}\.bin$/,
  ],
};

/** In bytes, unpacked. */
const MAX_SIZES: Readonly<Record<PackageFolder, number>> = {
  // Each pass over pictures is there twice: in plain TypeScript, and as a kernel.
  core: 1.45e6,
  mnist: 11e6,
  formats: 0.65e6,
  sweep: 0.3e6,
  // The other packages' modules and commander are inside, in a few files.
  cli: 0.86e6,
  // The course has fourteen chapters with figures, and an editor; the first view has its network inside.
  studio: 3.86e6,
};

interface Manifest {
  readonly version: string;
  readonly homepage: string;
  readonly bugs: string;
  readonly license: string;
  readonly keywords: readonly string[];
  readonly repository: { readonly url: string; readonly directory: string };
  readonly exports?: object;
  readonly main?: string;
  readonly types?: string;
  readonly bin?: Readonly<Record<string, string>>;
}

describe.each(PACKAGES)('the tarball of %s', (name) => {
  const folder = path.join(ROOT, 'packages', name);
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const manifest: Manifest = JSON.parse(read('package.json'));
  let packed: Packed;
  let files: string[];

  beforeAll(() => {
    packed = pack(name);
    files = packed.files.map((file) => file.path);
  });

  test('has files of the expected kinds, and no others: no tests, no source maps', () => {
    const expected = [...EVERYWHERE, ...CONTENTS[name]];
    const others = files.filter((file) => !expected.some((pattern) => pattern.test(file)));
    expect(others).toEqual([]);
    for (const pattern of expected) {
      expect(
        files.some((file) => pattern.test(file)),
        String(pattern),
      ).toBe(true);
    }
    expect(files.filter((file) => /\.(test|support)\.|\.map$/.test(file))).toEqual([]);
  });

  test('names no source map that it lacks', () => {
    const dangling = files
      .filter((file) => /\.(js|css|ts)$/.test(file))
      .filter((file) => /^\/[/*][#@] sourceMappingURL=(?!data:)/m.test(read(file)));
    expect(dangling).toEqual([]);
  });

  test('has every file that its package.json names', () => {
    const { exports = {}, bin = {}, main, types } = manifest;
    const entries = [...targetsOf(exports), ...Object.values(bin), main, types].filter(
      (entry) => entry !== undefined,
    );
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      const file = path.posix.normalize(entry);
      const [before, after] = file.split('*') as [string, string?];
      const isThere = (one: string) =>
        after === undefined ? one === file : one.startsWith(before) && one.endsWith(after);
      expect(files.some(isThere), entry).toBe(true);
    }
  });

  test('says where it comes from, and under which license it is', () => {
    expect(manifest.repository.directory).toBe(`packages/${name}`);
    for (const address of [manifest.homepage, manifest.bugs])
      expect(address).toMatch(/^https:\/\/github\.com\/[\w-]+\/longhand\//);
    expect(manifest.repository.url).toMatch(/^git\+https:\/\/github\.com\/[\w-]+\/longhand\.git$/);
    expect(manifest.keywords.length).toBeGreaterThan(2);
    expect(read('LICENSE')).toMatch(/^MIT License\n/);
    expect(read('README.md')).toMatch(/^# (@longhand\/)?\w+\n/);
    expect(manifest.license.includes('CC-BY-SA-3.0')).toBe(files.some((file) => file.endsWith('.bin')));
    expect(manifest.license.includes('OFL-1.1')).toBe(files.some((file) => file.endsWith('.woff2')));
  });

  test('is as small as it should be', () => {
    expect(packed.unpackedSize).toBeLessThan(MAX_SIZES[name]);
  });
});

test('digits and fonts come with their authors and licenses', () => {
  for (const name of ['mnist', 'studio']) {
    const notice = readFileSync(path.join(ROOT, 'packages', name, 'NOTICE'), 'utf8');
    for (const words of ['LeCun', 'Cortes', 'Burges', 'https://creativecommons.org/licenses/by-sa/3.0/'])
      expect(notice).toContain(words);
  }
  const licenses = readFileSync(path.join(ROOT, 'packages/studio/dist/licenses.txt'), 'utf8');
  for (const words of [
    ...['Shantell Sans', 'STIX', 'SIL OPEN FONT LICENSE', 'LeCun', 'Longhand contributors'],
    ...['Jason Miller', 'Preact Team', 'Leon Sorokin', '@fontsource/source-serif-4'],
  ])
    expect(licenses).toContain(words);
});

test('the licenses name every library and font that the page contains', () => {
  const root = path.join(ROOT, 'packages/studio');
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  // Tools that build the page, and what is ours.
  const notInside = /^(@longhand\/.*|@preact\/preset-vite|vite|subset-font)$/;
  const inside = Object.keys(devDependencies).filter((name) => !notInside.test(name));
  const licenses = readFileSync(path.join(root, 'dist/licenses.txt'), 'utf8');
  expect(inside.length).toBeGreaterThan(5);
  for (const name of inside) {
    expect(licenses).toContain(`\n${name}\n`);
    expect(existsSync(path.join(ROOT, 'node_modules', name)), name).toBe(true);
  }
});

/** Every file that `exports` names, whatever the condition. */
function targetsOf(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry];
  return entry && typeof entry === 'object' ? Object.values(entry).flatMap(targetsOf) : [];
}
