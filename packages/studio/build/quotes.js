// The lines of code that the course shows: TypeScript from core's maths, NumPy from the script that
// runs them. `virtual:quotes` has them as they are when the page is built, so they cannot drift.
import { readFileSync } from 'node:fs';

const MODULE = 'virtual:quotes';
const ROOT = new URL('../../../', import.meta.url);
const LIST = new URL('packages/studio/src/pages/learn/quotes.json', ROOT);
const SCRIPT = new URL('tests/golden/make_learn_golden.py', ROOT);

/**
 * @public A test takes them, too, by the address of this file.
 * @param {Record<string, { file: string, line: string }[]>} list as in quotes.json, which is the default
 * @returns {Record<string, { files: string[], typescript: string[], numpy: string[] }>} by the names
 *   of quotes.json
 * @throws Error when a quoted line is not in its file, or more than once
 */
export function takeQuotes(list = JSON.parse(readFileSync(LIST, 'utf8'))) {
  const script = readFileSync(SCRIPT, 'utf8').split('\n');
  return Object.fromEntries(
    Object.entries(list).map(([name, lines]) => [
      name,
      {
        files: [...new Set(lines.map(({ file }) => file))],
        typescript: lines.map(({ file, line }) => takeLine(file, line)),
        numpy: takeBlock(script, name),
      },
    ]),
  );
}

/** The whole line of a file of core that begins with a text. */
function takeLine(file, start) {
  const lines = readFileSync(new URL(`packages/core/src/${file}`, ROOT), 'utf8').split('\n');
  const found = lines.map((line) => line.trim()).filter((line) => line.startsWith(start));
  if (found.length !== 1)
    throw new Error(`quotes.json: ${file} has ${found.length} lines that begin with “${start}”: expected 1`);
  return found[0];
}

/** The lines of the script below `# quote: name`, up to the next empty line. */
function takeBlock(script, name) {
  const start = script.findIndex((line) => line.trim() === `# quote: ${name}`);
  if (start < 0) throw new Error(`make_learn_golden.py: no line “# quote: ${name}”`);
  const end = script.findIndex((line, k) => k > start && line.trim() === '');
  const block = script.slice(start + 1, end);
  const indent = Math.min(...block.map((line) => line.length - line.trimStart().length));
  return block.map((line) => line.slice(indent));
}

/** @returns {import('vite').Plugin} */
export function quotes() {
  return {
    name: 'longhand-quotes',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) =>
      id === `\0${MODULE}` ? `export const QUOTES = ${JSON.stringify(takeQuotes())};` : undefined,
  };
}
