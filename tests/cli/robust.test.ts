import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { createNetwork } from '@longhand/core';
import { encodeModel } from '@longhand/core/files';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMAND, startProgram, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const seven = fileURLToPath(new URL('../../fixtures/pictures/7-as-in-mnist.png', import.meta.url));

beforeAll(() => {
  const record = {
    ...{ width: 28, height: 28, classNames: [...'0123456789'], pixelScale: 1 / 255, settings: {} },
    results: {},
  };
  writeFileSync(
    at('model.safetensors'),
    encodeModel({ network: createNetwork({ layers: [784, 10] }), record }),
  );
});

/** Runs a line of a shell, in which `longhand` is the command. */
const shell = (line: string) =>
  startProgram(
    'bash',
    ['-c', `node=$0 command=$1; longhand() { "$node" "$command" "$@"; }; ${line}`, process.execPath, COMMAND],
    folder,
  ).ended;

describe('pictures that would fill the memory', () => {
  const GIGABYTE = 2 ** 30;

  /** Node 20 has no crc32 of its own. */
  function checksum(bytes: Uint8Array): number {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    return ~sum >>> 0;
  }

  function chunk(type: string, data: Uint8Array): Buffer {
    const bytes = Buffer.alloc(12 + data.length);
    bytes.writeUInt32BE(data.length);
    bytes.write(type, 4, 'latin1');
    bytes.set(data, 8);
    bytes.writeUInt32BE(checksum(bytes.subarray(4, 8 + data.length)), 8 + data.length);
    return bytes;
  }

  function png(width: number, height: number, pixels: Uint8Array, profile?: Uint8Array): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width);
    header.writeUInt32BE(height, 4);
    header[8] = 8;
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      ...(profile ? [chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), profile]))] : []),
      chunk('IDAT', pixels),
      chunk('IEND', new Uint8Array()),
    ]);
  }

  test('are refused or read within 300 MB: 80,000,000 × 1, and pixels or a profile of a gigabyte', async () => {
    const bomb = deflateSync(Buffer.alloc(GIGABYTE), { level: 1 });
    const small = deflateSync(Buffer.alloc(28 * 29));
    writeFileSync(at('wide.png'), png(80_000_000, 1, small));
    writeFileSync(at('deep.png'), png(28, 28, bomb));
    writeFileSync(at('profile.png'), png(28, 28, small, bomb));
    // The peak of this program alone. On Linux, maxRSS also counts what its parent had when it started it.
    const report = `import { existsSync, readFileSync } from 'node:fs';
      process.on('exit', () => {
        const own = existsSync('/proc/self/status') && /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
        console.error(own ? own[1] : String(process.resourceUsage().maxRSS));
      })`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, COMMAND, 'predict'];
    const files = ['wide.png', 'deep.png', 'profile.png', seven];
    const all = [...args, 'model.safetensors', ...files, '--quiet'];
    const { code, stdout, stderr } = await startProgram(process.execPath, all, folder).ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/^.*7-as-in-mnist\.png: \d .*\n$/);
    const lines = stderr.trim().split('\n');
    expect(lines.map((line) => line.split(':')[1]?.trim())).toEqual([...files.slice(0, 3), undefined]);
    const megabytes = Number(lines[3]) / 1024;
    expect(megabytes).toBeGreaterThan(20);
    expect(megabytes).toBeLessThan(300);
  });
});

test.skipIf(process.platform !== 'linux')(
  'in an address space too small for WebAssembly, the maths answers, and one line says so',
  async () => {
    const { code, stdout, stderr } = await shell(
      `ulimit -v 4000000; longhand predict model.safetensors '${seven}' --quiet`,
    );
    expect([code, stdout]).toEqual([0, expect.stringMatching(/7-as-in-mnist\.png: \d /)]);
    expect(stderr).toMatch(/^longhand: WebAssembly gets no address space here .*64-bit floats .*\n$/);
  },
);

describe('without WebAssembly', () => {
  const NOTE =
    'longhand: WebAssembly is switched off here: 64-bit floats are used instead, which takes longer\n';
  const without = (...args: string[]) =>
    startProgram(process.execPath, ['--no-expose-wasm', COMMAND, ...args], folder).ended;
  const model = 'model.safetensors';

  beforeAll(() => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `${i % 3},${(i * 7) % 5},${i % 2 === 0 ? 'even' : 'odd'}`,
    );
    writeFileSync(at('few.csv'), `a,b,label\n${rows.join('\n')}\n`);
  });

  test.each([
    ['evaluate', model, '--examples', '20'],
    ['predict', model, '--index', '3'],
    ['compare', model, model],
  ])('%s computes with the maths, and one line says so', async (...args) => {
    const { code, stderr } = await without(...args, '--quiet');
    expect([code, stderr]).toEqual([0, NOTE]);
  });

  test.each([
    ['explain', model, 'Z1[0]', '--index', '3'],
    ['show', model, '--unit', '0'],
    ['check', model, '--examples', '2'],
    ['train', '--engine', 'maths', '--data', 'few.csv', '--iterations', '2', '--out', 'maths.safetensors'],
  ])('%s needs none', async (...args) => {
    const { code, stderr } = await without(...args, '--quiet');
    expect([code, stderr]).toEqual([0, '']);
  });

  test.each([
    [['train', '--data', 'few.csv', '--quiet'], 'WebAssembly is switched off here. Use --engine maths'],
    [
      ['check', model, '--engine', '--quiet'],
      'WebAssembly is switched off here: this command needs the fast engine',
    ],
    [
      ['reproduce', '--iterations', '1', '--quiet'],
      'WebAssembly is switched off here: this command needs the fast engine',
    ],
  ])('%j is refused in one line, and advises no flag that it lacks', async (args, line) => {
    const { code, stdout, stderr } = await without(...args);
    expect([code, stdout, stderr]).toEqual([2, '', `longhand: ${line}\n`]);
  });
});

test('with LANG=C, everything that is printed is ASCII; JSON keeps its characters', async () => {
  const { stdout, stderr, code } = await shell(
    `export LC_ALL=C; longhand predict model.safetensors '${seven}'; longhand train --help; longhand evaluate nö`,
  );
  expect(code).toBe(2);
  expect(stdout.length).toBeGreaterThan(3000);
  expect(stdout + stderr).toMatch(/^[\n\x20-\x7e]*$/);
  expect(stderr).toContain('no: no such file');
});

test('in 40 columns, help and tables are no wider, except for lines to copy', async () => {
  const { stdout, stderr, code } = await shell(
    'export COLUMNS=40; longhand train --help; longhand reproduce --iterations 1 --examples 500 --quiet',
  );
  expect(code, stderr).toBe(0);
  const wide = stdout.split('\n').filter((line) => [...line].length > 40 && !/^ {2}longhand /.test(line));
  expect(wide).toEqual([]);
  expect(stdout).toMatch(/\n {2}--preset <name>\n {4}A named set of settings/);
  expect(stdout).toMatch(/\ntrain [\d.]+%, test [\d.]+%, change [+−][\d.]+,/);
});
