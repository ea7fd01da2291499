import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { circlesOf, importsBelow } from './imports.js';

// The arrows of the house. Every source file belongs to a room: the longest name of the tables below that its path
// starts with. A room may import itself and the rooms behind it, and nothing else. The tables go from the bottom up.
const root = fileURLToPath(new URL('../..', import.meta.url));

type Rooms = Readonly<Record<string, readonly string[]>>;

const CORE: Rooms = {
  'errors.ts': [],
  'dispose.ts': [],
  'load-part.ts': ['errors.ts'],
  'base64.ts': [],
  'text.ts': [],
  'random.ts': [],
  'sine-and-cosine.ts': [],
  maths: ['errors.ts', 'random.ts'],
  'check.ts': ['maths'],
  'checkpoint.ts': ['maths'],
  settings: ['maths', 'errors.ts'],
  'suggest.ts': ['settings'],
  data: ['maths', 'random.ts', 'errors.ts'],
  'data/pictures': ['errors.ts'],
  'data/pages': ['data/pictures', 'errors.ts'],
  'picture-kernels': ['data/pictures', 'data/pages', 'base64.ts'],
  'data/augmentation': ['random.ts', 'sine-and-cosine.ts', 'errors.ts'],
  'data/variants': ['data', 'data/pictures', 'random.ts', 'errors.ts'],
  'data/csv': ['data', 'errors.ts'],
  'data/non-digits': ['data', 'data/pictures', 'data/variants', 'random.ts', 'sine-and-cosine.ts'],
  evaluation: ['data', 'base64.ts'],
  explain: ['maths', 'errors.ts'],
  exercise: ['maths', 'random.ts'],
  formats: ['data', 'data/csv', 'evaluation', 'maths', 'settings', 'checkpoint.ts', 'errors.ts'],
  'files.ts': ['data', 'data/csv', 'formats'],
  display: ['data', 'evaluation', 'maths', 'errors.ts'],
};

/** What the engine's rooms may import beside each other. */
const BELOW_ENGINE = [
  ...['data', 'data/augmentation', 'maths', 'random.ts', 'errors.ts', 'dispose.ts', 'load-part.ts'],
];

const ENGINE: Rooms = {
  'engine/bindings': ['errors.ts'],
  'engine/layout': ['engine/bindings', ...BELOW_ENGINE],
  'engine/data': ['engine/layout', 'engine/bindings', ...BELOW_ENGINE],
  'engine/passes': ['engine/data', 'engine/layout', 'engine/bindings', ...BELOW_ENGINE],
  'engine/threads': ['engine/passes', 'engine/data', 'engine/layout', 'engine/bindings', ...BELOW_ENGINE],
  'engine/api': [
    ...['engine/threads', 'engine/passes', 'engine/data', 'engine/layout', 'engine/bindings'],
    ...BELOW_ENGINE,
  ],
};

const ABOVE_ENGINE: Rooms = {
  training: [
    ...['engine/api', 'engine/layout', 'evaluation', 'data', 'data/augmentation', 'data/variants'],
    ...['data/non-digits', 'maths', 'settings'],
    ...['checkpoint.ts', 'formats', 'random.ts', 'errors.ts', 'dispose.ts', 'load-part.ts'],
  ],
  'maths.ts': ['maths', 'random.ts'],
  'settings.ts': ['settings', 'errors.ts'],
  'engine.ts': ['engine/api', 'engine/threads', 'training'],
  'data.ts': ['data', 'data/augmentation'],
  'training.ts': ['training'],
  model: [
    ...['training', 'engine/api', 'engine/threads', 'evaluation', 'data', 'data/pictures', 'data/pages'],
    ...['formats', 'maths', 'settings', 'checkpoint.ts', 'random.ts', 'errors.ts', 'load-part.ts'],
  ],
};

const CLI: Rooms = {
  'exit-code.ts': [],
  'streams.ts': ['terminal'],
  'flag-name.ts': [],
  'usage-error.ts': [],
  'whole-number.ts': ['usage-error.ts'],
  'duration.ts': ['usage-error.ts'],
  'settings-of.ts': [],
  'suggest-value.ts': [],
  'show-error.ts': [
    'flag-name.ts',
    'exit-code.ts',
    'streams.ts',
    'usage-error.ts',
    'suggest-value.ts',
    'terminal',
  ],
  terminal: ['streams.ts'],
  data: ['terminal', 'streams.ts', 'exit-code.ts'],
  model: ['data', 'streams.ts'],
  'test-set.ts': ['data', 'whole-number.ts', 'usage-error.ts'],
  studio: ['usage-error.ts'],
  'model-and-pictures.ts': ['data', 'studio', 'streams.ts', 'usage-error.ts'],
  evaluation: ['terminal'],
  'hidden-units': ['terminal'],
  prediction: [
    ...['data', 'model', 'terminal', 'test-set.ts', 'streams.ts', 'usage-error.ts', 'whole-number.ts'],
  ],
  explanation: ['prediction', 'terminal'],
  reading: ['data'],
  check: ['terminal'],
  exercise: ['data', 'terminal'],
  training: [
    ...[
      'data',
      'evaluation',
      'model',
      'terminal',
      'test-set.ts',
      'exit-code.ts',
      'streams.ts',
      'usage-error.ts',
    ],
    ...['settings-of.ts', 'flag-name.ts', 'duration.ts'],
  ],
  queue: [...['data', 'model', 'training', 'terminal'], ...['exit-code.ts', 'streams.ts', 'usage-error.ts']],
  comparison: ['model', 'terminal'],
  runs: ['training', 'terminal', 'data', 'streams.ts'],
  sweep: [
    ...[
      'queue',
      'training',
      'terminal',
      'data',
      'model',
      'studio',
      'settings-of.ts',
      'flag-name.ts',
      'streams.ts',
      'usage-error.ts',
    ],
  ],
  reproduce: ['training', 'terminal', 'streams.ts'],
  about: ['data', 'terminal', 'streams.ts'],
};

const STUDIO: Rooms = {
  'base64.ts': [],
  'text.ts': [],
  'setting-labels.ts': [],
  'number-text.ts': ['text.ts'],
  theme: [],
  glossary: [],
  computations: ['text.ts'],
  files: [],
  storage: [],
  workers: ['computations', 'files'],
  state: ['workers', 'computations', 'files', 'storage', 'text.ts', 'setting-labels.ts'],
  components: ['state', 'files', 'glossary', 'theme', 'computations', 'number-text.ts', 'text.ts'],
  share: ['components', 'state', 'files', 'text.ts'],
  'exercise/sandbox': [],
  exercise: ['exercise/sandbox', 'components', 'state', 'workers', 'glossary'],
};

const PAGES = ['board', 'draw', 'examine', 'glossary', 'learn', 'runs', 'train', 'why'].map(
  (page) => `pages/${page}`,
);
/** A page may import everything below the pages, and no other page. */
const ONE_PAGE: Rooms = Object.fromEntries(PAGES.map((page) => [page, Object.keys(STUDIO)]));

/** The packages, and of each its rooms and what it may import from outside. Node's modules count as `node:`. */
const PACKAGES: Readonly<Record<string, { readonly rooms: Rooms; readonly outside: readonly string[] }>> = {
  core: {
    rooms: {
      ...CORE,
      ...ENGINE,
      ...ABOVE_ENGINE,
      'index.ts': Object.keys({ ...CORE, ...ENGINE, ...ABOVE_ENGINE }),
    },
    outside: ['node:'],
  },
  mnist: {
    rooms: {
      'builtin.ts': [],
      'files.ts': [],
      'zeros.ts': [],
      'verify.ts': ['builtin.ts'],
      'unpack.ts': ['builtin.ts', 'files.ts', 'verify.ts', 'zeros.ts'],
      'read.ts': ['builtin.ts', 'files.ts'],
      'index.ts': ['files.ts', 'read.ts', 'unpack.ts'],
      'packed.ts': ['files.ts', 'unpack.ts'],
    },
    // Of Node only types: `builtin.ts` gets the modules themselves, where there are any.
    outside: ['@longhand/core', 'node:'],
  },
  formats: {
    rooms: {
      source: [],
      recognize: ['source'],
      pictures: ['source', 'recognize'],
      data: ['source', 'recognize', 'pictures'],
      models: ['source', 'recognize'],
      named: ['recognize'],
      about: ['data', 'source'],
      'index.ts': ['source', 'recognize'],
    },
    outside: [
      ...['@longhand/core', '@bufbuild/protobuf', '@jsquash/jpeg', '@jsquash/webp', 'fflate'],
      ...['hyparquet', 'hyparquet-compressors', 'jpeg-js', 'node:'],
    ],
  },
  sweep: {
    rooms: {
      'task.ts': [],
      'owner.ts': [],
      'crew.ts': ['task.ts'],
      log: ['task.ts'],
      run: ['task.ts'],
      space: ['task.ts', 'log'],
      plan: ['task.ts', 'log', 'run', 'space'],
      processes: ['task.ts', 'crew.ts', 'run'],
      queue: ['task.ts', 'owner.ts', 'crew.ts', 'run', 'processes'],
      coordinator: ['task.ts', 'owner.ts', 'crew.ts', 'log', 'run', 'space', 'plan'],
      'index.ts': ['task.ts', 'crew.ts', 'log', 'run', 'space', 'plan', 'processes', 'coordinator'],
    },
    outside: ['@longhand/core', 'bullmq', 'ioredis', 'prom-client', 'node:'],
  },
  cli: {
    rooms: {
      ...CLI,
      commands: Object.keys(CLI),
      'help.ts': ['commands', 'terminal'],
      'suggest-flag.ts': ['commands'],
      'program.ts': [
        'data',
        'model',
        'flag-name.ts',
        'suggest-flag.ts',
        'commands',
        'help.ts',
        'exit-code.ts',
        'usage-error.ts',
        'streams.ts',
        'terminal',
      ],
      'main.ts': ['program.ts', 'show-error.ts', 'exit-code.ts', 'streams.ts'],
    },
    outside: [
      ...['@longhand/core', '@longhand/formats', '@longhand/mnist', '@longhand/sweep', 'node:'],
      ...['cli-progress', 'cli-table3', 'commander', '@commander-js/extra-typings', 'open', 'sirv'],
    ],
  },
  studio: {
    rooms: {
      ...STUDIO,
      ...ONE_PAGE,
      'page-registry.ts': PAGES,
      'app.tsx': ['page-registry.ts', 'components', 'share', 'state', 'pages/board'],
      'main.tsx': ['app.tsx', 'state'],
    },
    outside: [
      ...['@longhand/core', '@longhand/formats', '@longhand/mnist/packed', '@longhand/sweep/log'],
      ...['@preact/signals', 'preact'],
      ...['@codemirror', '@lezer/highlight', 'fflate', 'idb', 'uplot', 'uqr', 'virtual:'],
    ],
  },
};

const roomOf = (rooms: Rooms, file: string) =>
  Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];

describe.each(Object.entries(PACKAGES))('%s', (name, { rooms, outside }) => {
  const imports = importsBelow(path.join(root, 'packages', name, 'src'));

  test('has files, and each has a room', () => {
    expect(imports.inside.size).toBeGreaterThan(0);
    for (const file of imports.inside.keys()) {
      expect(roomOf(rooms, file), `${file} has a room in tests/house.test.ts`).toBeDefined();
    }
  });

  test.each(Object.entries(rooms))('%s imports only the rooms below it', (room, allowed) => {
    for (const [file, imported] of imports.inside) {
      if (roomOf(rooms, file) !== room) continue;
      for (const target of imported) {
        expect([room, ...allowed], `${file} imports ${target}`).toContain(roomOf(rooms, target));
      }
    }
  });

  test('imports no package but those it may', () => {
    for (const [file, specifiers] of imports.outside) {
      for (const specifier of specifiers) {
        const isAllowed = outside.some(
          (one) => specifier === one || specifier.startsWith(one.endsWith(':') ? one : `${one}/`),
        );
        expect(isAllowed, `${file} imports ${specifier}`).toBe(true);
      }
    }
  });

  test('has no circle of imports, types included', () => {
    expect(circlesOf(imports.inside)).toEqual([]);
  });
});

test('every link of the studio names a page of its registry', () => {
  const source = path.join(root, 'packages/studio/src');
  const pages = [
    ...readFileSync(path.join(source, 'page-registry.ts'), 'utf8').matchAll(/\bname: '(\w+)'/g),
  ].map(([, name]) => name);
  const links = [...importsBelow(source).inside.keys()].flatMap((file) =>
    [...readFileSync(path.join(source, file), 'utf8').matchAll(/\b(?:hrefOf|linkTo)\('(\w+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(links.length).toBeGreaterThan(3);
  expect(pages).toEqual(expect.arrayContaining(links));
});

test('a circle would be found', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', ['e']],
    ['e', []],
    ['f', ['f']],
  ]);
  expect(circlesOf(graph)).toEqual([['a', 'b', 'c'], ['f']]);
});

describe('core', () => {
  const source = path.join(root, 'packages/core/src');
  const { outside, inside } = importsBelow(source);

  test('imports modules of Node in the engine alone, and not the file system', () => {
    for (const [file, specifiers] of outside) {
      for (const specifier of specifiers) {
        expect(file, `${file} imports ${specifier}`).toMatch(/^engine\//);
        expect(['node:os', 'node:worker_threads']).toContain(specifier);
      }
    }
  });

  test('does not write to the console, except to warn that no worker could be started', () => {
    for (const file of inside.keys())
      if (file !== 'engine/threads/warning.ts')
        expect(readFileSync(path.join(source, file), 'utf8'), file).not.toMatch(/console\./);
  });
});

test('of the formats, only what fetches data by name needs Node: the rest works in browsers', () => {
  const { outside } = importsBelow(path.join(root, 'packages/formats/src'));
  for (const [file, specifiers] of outside)
    for (const specifier of specifiers)
      if (specifier.startsWith('node:')) expect(file, `${file} imports ${specifier}`).toMatch(/^named\//);
});

test('what starts the command, and what reads digits and pictures, take the errors alone from the library, not all of it', () => {
  const early =
    /^(main|program|show-error|usage-error|test-set)\.ts$|^(data|model|pictures|prediction|terminal)\/|\.row\.ts$|\/predict\.ts$/;
  const files = [
    ...sourcesIn('packages/cli/src').filter((file) => early.test(file.replace('packages/cli/src/', ''))),
    ...['mnist/src', 'formats/src/pictures', 'formats/src/source'].flatMap((room) =>
      sourcesIn(`packages/${room}`),
    ),
  ].filter((file) => !/\.test\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(text, file).not.toMatch(/import (?!type)[^;]*'@longhand\/core';/);
  }
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
