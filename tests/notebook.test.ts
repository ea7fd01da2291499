// The notebook of the examples: its cells run in Deno, as one program and through Jupyter's
// nbconvert with Deno's kernel, and give the outputs that it is committed with.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './cli/command.js';
import { programOf } from './runtimes/installed.js';
import { ROOT } from './runtimes/repository.js';

interface Output {
  readonly output_type: 'stream' | 'execute_result' | 'display_data' | 'error';
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
}

const EXAMPLES = path.join(ROOT, 'examples');
const folder = temporaryFolder();

const joined = (text: string | readonly string[] = '') => (typeof text === 'string' ? text : text.join(''));
// biome-ignore lint/suspicious/noControlCharactersInRegex: Deno's kernel colors its texts.
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, '').trim();

/** The code cells of a notebook, and what they show: printed lines, and a line for each picture. */
function cellsOf(file: string): { source: string; says: string }[] {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as { cells: Cell[] };
  return cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source, outputs = [] }) => ({
      source: joined(source),
      says: outputs.map(({ text, data }) => plain(joined(text ?? data?.['text/plain']))).join('\n'),
    }));
}

const committed = cellsOf(path.join(EXAMPLES, 'notebook.ipynb'));

test('every output is there, and the pictures are SVG', () => {
  expect(committed.length).toBeGreaterThan(12);
  const notebook = JSON.parse(readFileSync(path.join(EXAMPLES, 'notebook.ipynb'), 'utf8')) as {
    cells: Cell[];
  };
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  expect(outputs.map(({ output_type }) => output_type)).not.toContain('error');
  const pictures = outputs.filter(({ data }) => data?.['image/svg+xml']);
  for (const { data } of pictures) expect(joined(data!['image/svg+xml'])).toMatch(/^<svg [\s\S]*<\/svg>$/);
  expect(pictures.length).toBeGreaterThan(10);
  expect(committed.map(({ says }) => says).join('\n')).toMatch(/3cf24c01579ccb9a/);
});

describe('its cells', () => {
  test('run in Deno, one after the other, and say what the notebook says', async (context) => {
    const deno = programOf('deno', context);
    // The value of a cell is its last line, if that has no semicolon.
    const program = committed.map(({ source }, k) => {
      const lines = source.trimEnd().split('\n');
      const last = lines.at(-1)!;
      if (!last.endsWith(';')) lines[lines.length - 1] = `$display(${last});`;
      return `console.log('$ ${k}');\n${lines.join('\n')}`;
    });
    const display =
      "const $display = (value) => console.log(value[Symbol.for('Jupyter.display')]?.()['text/plain'] ?? JSON.stringify(value));";
    const imports = program.shift()!;
    // From standard input, so that the packages are found as in the notebook's folder.
    const { stdout } = spawnSync(
      deno,
      ['run', '--no-check', '--allow-all', '--cached-only', '--ext=ts', '-'],
      {
        cwd: EXAMPLES,
        encoding: 'utf8',
        input: [imports, display, ...program].join('\n'),
        env: { ...process.env, NO_COLOR: '1' },
      },
    );
    const says = stdout.split(/^\$ \d+\n/m).slice(1);
    expect(says.map((text) => text.trim())).toEqual(committed.map(({ says: expected }) => expected));
  });

  test('run through nbconvert with Deno’s kernel, with the same outputs', async (context) => {
    const [deno, nbconvert] = [programOf('deno', context), programOf('nbconvert', context)];
    // Deno installs its kernel below the home folder, where Jupyter looks for kernels.
    const env = { ...process.env, HOME: folder, DENO_DIR: path.join(folder, 'deno') };
    const run = (program: string, ...args: string[]) =>
      promisify(execFile)(program, args, { cwd: EXAMPLES, env });
    await run(deno, 'jupyter', '--install');
    const options = ['--to', 'notebook', '--execute', '--output-dir', folder, '--output', 'run.ipynb'];
    await run(nbconvert, 'notebook.ipynb', ...options);
    const cells = cellsOf(path.join(folder, 'run.ipynb'));
    expect(cells).toHaveLength(committed.length);
    // Deno's kernel may say that a cell is done before it sends the last output, which nbconvert then
    // leaves out. Everything that it got must be right.
    const got = cells
      .map(({ says }, k) => [says, committed[k]!.says] as const)
      .filter(([says]) => says !== '');
    for (const [says, expected] of got)
      expect(expected.startsWith(says), `${says} of ${expected}`).toBe(true);
    expect(got.length).toBeGreaterThan(committed.length / 2);
  });
});
