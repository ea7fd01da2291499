// Compiles the engine's kernels, AssemblyScript in packages/core/src/engine/kernels, and puts the bytes into a TypeScript file, so that
// nothing has to be fetched where they run.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const engine = new URL('../packages/core/src/engine/', import.meta.url);
const generated = new URL('bindings/kernels.generated.ts', engine);

const OPTIONS = [
  ...['--runtime', 'stub', '--noAssert', '--noExportMemory', '--importMemory', '--sharedMemory'],
  ...['--initialMemory', '1', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
  '-O3',
  // Locals numbered by how often they are used: 31 bytes less when gzipped.
  ...['--runPasses', 'reorder-locals'],
];

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
    .update(JSON.stringify([...sources, OPTIONS, textOf.toString(), JSON.parse(compiler).version]))
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
      `/** The compiled kernels, ${binary.length} bytes, as instantiate.ts reads them. */`,
      `export const KERNELS: string = "${textOf(binary)}";`,
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
