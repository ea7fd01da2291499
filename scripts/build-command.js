// Builds the command as a few files, packages/cli/dist/bundle: its own modules, those of Longhand's packages
// that it uses, and commander, which every command needs. Node takes about half a millisecond for each module,
// and `longhand predict` would load 250 of them. What a module finds by its own address (a worker, data, a
// version) is still found in its package.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const out = `${packages}cli/dist/bundle`;

const COMMANDER = path.dirname(createRequire(`${packages}cli/package.json`).resolve('commander'));

/** Where the command begins. What it loads at once becomes one file. */
const MAIN = ['cli/dist/main.js'];
/** What `longhand predict` needs for a photo becomes one file, too. All else is divided as it is loaded. */
const READING = [
  'cli/dist/commands/predict.js',
  'core/dist/picture-kernels/index.js',
  'formats/dist/pictures/index.js',
  'formats/dist/pictures/jpeg/decode-jpeg.js',
  'formats/dist/pictures/jpeg/reduced-jpeg.js',
];

const INPUT = {
  input: MAIN.map((file) => packages + file),
  platform: 'node',
  external: (name, from) => {
    const isForeign =
      /^[a-z@]/i.test(name) &&
      !/^(@longhand\/|commander$)/.test(name) &&
      !startsPrograms(name, from) &&
      !name.startsWith(packages);
    if (isForeign && from) checkDependency(name, from);
    return isForeign;
  },
  onLog(level, log, next) {
    // What one command loads later, another may load at once.
    if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') next(level === 'warn' ? 'error' : level, log);
  },
};

/** @returns {Promise<void>} once the files are written */
export async function buildCommand() {
  rmSync(out, { recursive: true, force: true });
  const needed = await findNeeded();
  const bundle = await rolldown({ ...INPUT, plugins: [ownAddresses, withoutPrograms] });
  await bundle.write({
    dir: out,
    format: 'esm',
    chunkFileNames: '[name].js',
    minify: true,
    codeSplitting: {
      groups: [
        { name: 'command', test: (id) => needed.byMain.has(id), priority: 2 },
        { name: 'reading', test: (id) => needed.byReading.has(id), priority: 1 },
      ],
    },
  });
  await bundle.close();
  writeFileSync(`${out}/licenses.txt`, `commander\n\n${readFileSync(`${COMMANDER}/LICENSE`, 'utf8')}`);
}

/**
 * The modules that the command loads at once, and those that reading a picture loads: of a draft, in which
 * every module is in the files of those alone that use something of it. What others import, such as all of
 * core, has many more.
 */
async function findNeeded() {
  const draft = await rolldown({ ...INPUT, plugins: [withoutPrograms] });
  const { output } = await draft.generate({ format: 'esm' });
  await draft.close();
  const chunks = output.filter(({ type }) => type === 'chunk');
  const chunkNamed = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const neededBy = (files) => {
    const taken = new Set();
    const take = (chunk) => {
      if (!chunk || taken.has(chunk)) return;
      taken.add(chunk);
      for (const name of chunk.imports) take(chunkNamed.get(name));
    };
    for (const file of files) {
      const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => fileOf(id) === file));
      if (!chunk) throw new Error(`${file}: is no module of the command`);
      take(chunk);
    }
    return new Set([...taken].flatMap(({ moduleIds }) => moduleIds));
  };
  return { byMain: neededBy(MAIN), byReading: neededBy(READING) };
}

/** The file of a module below packages/, such as cli/dist/main.js; undefined for one of the bundler. */
function fileOf(id) {
  return id.startsWith(packages) ? id.slice(packages.length).replaceAll('\\', '/') : undefined;
}

/** Gives each module that asks for its own address the one that it has in its package. */
const ownAddresses = {
  name: 'own addresses',
  transform(code, id) {
    const file = fileOf(id);
    if (file === undefined || !code.includes('import.meta.url')) return null;
    const [, name, path] = /^(\w+)\/(.+)$/.exec(file);
    const address =
      name === 'cli'
        ? `new URL('../../${path}', import.meta.url).href`
        : `new URL('./${path}', import.meta.resolve('@longhand/${name}/package.json')).href`;
    return code.replaceAll('import.meta.url', address);
  },
};

/**
 * commander can run a subcommand as a program of its own. None of ours is one, and what Node needs for it
 * takes 7 ms to load.
 */
const startsPrograms = (name, from) => /child_process$/.test(name) && from?.startsWith(COMMANDER);

const withoutPrograms = {
  name: 'without programs',
  resolveId: (name, from) => (startsPrograms(name, from) ? '\0no programs' : null),
  load: (id) => (id === '\0no programs' ? 'export {};' : null),
};

/**
 * The command has the modules of other packages inside, so it must depend on what these need, in the same
 * version.
 */
function checkDependency(name, from) {
  const [dependency] = /^(@[^/]+\/)?[^/]+/.exec(name);
  const owner = fileOf(from)?.split('/')[0];
  if (name.startsWith('node:') || owner === undefined) return;
  const [wanted, found] = [owner, 'cli'].map((folder) => {
    const { dependencies } = JSON.parse(readFileSync(`${packages}${folder}/package.json`, 'utf8'));
    return dependencies?.[dependency];
  });
  if (wanted !== found)
    throw new Error(`packages/cli/package.json: expected ${dependency} ${wanted}, as ${owner} has it`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildCommand();
