// Compiles the engine's kernels, AssemblyScript in packages/core/src/engine/kernels, and puts the bytes into a TypeScript file, so that
// nothing has to be fetched where they run.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const engine = new URL('../packages/core/src/engine/', import.meta.url);
const generated = new URL('kernels.generated.ts', engine);

const OPTIONS = [
  ...['--runtime', 'stub', '--noAssert', '--noExportMemory', '--importMemory', '--sharedMemory'],
  ...['--initialMemory', '1', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
  '-O3',
];

/**
 * So that the bytes that instructions are made of most are characters that need no escape: packed, 4 % less than hexadecimal, which packs
 * better than base64.
 */
const SHIFT = 51;

/** Writes kernels.generated.ts, unless it is there already from the same sources, options and compiler. */
export async function buildKernels() {
  const folder = new URL('kernels/', engine);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const sources = new Map(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  const compiler = readFileSync(
    new URL('../node_modules/assemblyscript/package.json', import.meta.url),
    'utf8',
  );
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([...sources, OPTIONS, SHIFT, JSON.parse(compiler).version]))
    .digest('hex');
  if (existsSync(generated) && readFileSync(generated, 'utf8').includes(fingerprint)) return;

  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...OPTIONS], {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (_, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`the kernels do not compile:\n${stderr}`);
  writeFileSync(
    generated,
    [
      '// Written by scripts/build-kernels.js; not to be edited.',
      `// Sources: ${fingerprint}`,
      `/** The compiled kernels, ${binary.length} bytes: a character each, by ${SHIFT} more than the byte, modulo 256. */`,
      `export const KERNELS = '${textOf(binary)}';`,
      '',
    ].join('\n'),
  );
}

/** @param {Uint8Array} bytes */
function textOf(bytes) {
  return Array.from(bytes, (byte) => {
    const code = (byte + SHIFT) % 256;
    const character = String.fromCharCode(code);
    return /[ -&(-[\]-~]/.test(character) ? character : `\\x${code.toString(16).padStart(2, '0')}`;
  }).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
