/**
 * The checks of `npm test` that are not tests: each a Node program with its arguments that ends
 * with 0 when all is well. `npm test -- --fast` runs those that are marked `fast`.
 */
const bin = (file, ...args) => [`node_modules/${file}`, ...args];

export const CHECKS = [
  {
    name: 'lint and format (biome)',
    fast: true,
    command: bin('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off', '.'),
  },
  { name: 'types (tsc)', fast: true, command: bin('typescript/bin/tsc', '-b') },
  {
    name: 'types of the studio (tsc)',
    fast: true,
    command: bin('typescript/bin/tsc', '-p', 'packages/studio'),
  },
  {
    name: 'comments of the settings, as in their table',
    fast: true,
    command: ['scripts/setting-comments.js', '--check'],
  },
  { name: 'unused code and dependencies (knip)', command: bin('knip/bin/knip.js', '--no-progress') },
  { name: 'reference of the library (typedoc)', command: ['scripts/docs.js'] },
  { name: 'sizes: kernels and bundle', command: ['scripts/check-sizes.js'] },
  ...['core', 'mnist', 'formats', 'sweep', 'cli', 'studio'].map((name) => ({
    name: `package ${name} (publint)`,
    command: bin('publint/src/cli.js', 'run', `packages/${name}`, '--strict'),
  })),
  // The command is no library: it has no types to be wrong.
  ...['core', 'mnist', 'formats', 'sweep'].map((name) => ({
    name: `types of package ${name} (are the types wrong)`,
    command: ['scripts/check-types-of-package.js', name],
  })),
];
