// Compiles the kernels, AssemblyScript, and puts the bytes into TypeScript files, so that nothing has to be
// fetched where they run: those of the engine, in packages/core/src/engine/kernels, those of pictures, in
// packages/core/src/picture-kernels/kernels, and those of JPEGs, in
// packages/formats/src/pictures/jpeg/kernels.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = new URL('../packages/', import.meta.url);

const OPTIONS = [
  ...['--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'bulk-memory', '-O3'],
  // Locals numbered by how often they are used: 31 bytes less when gzipped.
  ...['--runPasses', 'reorder-locals'],
];

const SETS = [
  {
    folder: 'core/src/engine/kernels/',
    generated: 'core/src/engine/bindings/kernels.generated.ts',
    name: 'KERNELS',
    reader: 'kernel-code.ts',
    toText: textOf,
    options: [
      ...['--noExportMemory', '--importMemory', '--sharedMemory', '--enable', 'threads'],
      ...['--initialMemory', '1', '--maximumMemory', '65536'],
    ],
  },
  {
    folder: 'core/src/picture-kernels/kernels/',
    generated: 'core/src/picture-kernels/kernels.generated.ts',
    name: 'PICTURE_KERNELS',
    reader: 'start.ts',
    toText: base64Of,
    options: ['--initialMemory', '1'],
  },
  {
    folder: 'formats/src/pictures/jpeg/kernels/',
    generated: 'formats/src/pictures/jpeg/kernels.generated.ts',
    name: 'JPEG_KERNELS',
    reader: 'start-kernels.ts',
    toText: base64Of,
    options: ['--initialMemory', '2'],
  },
];

/** Writes the files, unless they are there already from the same sources, options and compiler. */
export async function buildKernels() {
  for (const set of SETS) await build(set);
}

async function build({ folder, generated, name, reader, toText, options }) {
  const [from, to] = [new URL(folder, packages), new URL(generated, packages)];
  const names = readdirSync(from).filter((file) => file.endsWith('.ts'));
  const sources = new Map(names.map((file) => [file, readFileSync(new URL(file, from), 'utf8')]));
  const compiler = readFileSync(
    new URL('../node_modules/assemblyscript/package.json', import.meta.url),
    'utf8',
  );
  const all = [...OPTIONS, ...options];
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([...sources, all, toText.toString(), JSON.parse(compiler).version]))
    .digest('hex');
  if (existsSync(to) && readFileSync(to, 'utf8').includes(fingerprint)) return;

  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...all], {
    readFile: (file) => sources.get(file) ?? null,
    writeFile: (_, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`the kernels in ${folder} do not compile:\n${stderr}`);
  writeFileSync(
    to,
    [
      '// Written by scripts/build-kernels.js; not to be edited.',
      `// Sources: ${fingerprint}`,
      `/** The compiled kernels, ${binary.length} bytes, as ${reader} reads them. */`,
      `export const ${name}: string = ${JSON.stringify(toText(binary))};`,
      '',
    ].join('\n'),
  );
}

/**
 * Bytes as text without anything to escape: what a byte, 4 higher, is beyond a multiple of 90 is one of 90 characters, after a blank for 90 or
 * an exclamation mark for 180. Gzipped it is 1 % larger than the bytes themselves; hexadecimal is 10 %, base64 41 %.
 *
 * @param {Uint8Array} bytes
 */
function textOf(bytes) {
  const [DIGITS, BACKSLASH] = [36, 92];
  return Array.from(bytes, (byte) => {
    const value = (byte + 4) % 256;
    const code = DIGITS + (value % 90);
    const mark = ['', ' ', '!'][Math.floor(value / 90)];
    return mark + String.fromCharCode(code < BACKSLASH ? code : code + 1);
  }).join('');
}

/**
 * The command decodes it faster than text that is shorter.
 *
 * @param {Uint8Array} bytes
 */
function base64Of(bytes) {
  return Buffer.from(bytes).toString('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
