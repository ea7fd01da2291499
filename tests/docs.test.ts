import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './cli/command.js';
import { ROOT } from './runtimes/repository.js';

// What the documents tell a reader to type must work: commands and flags exist, choices are
// choices, links lead somewhere, imports import something. Nothing is trained here.

const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');

const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md'],
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The changelog names flags of the past. */
const WITH_COMMANDS = DOCUMENTS.filter((name) => name !== 'CHANGELOG.md');

/** Flags of `npm run bench`, `npm run verify` and `npm test`. */
const FLAGS_OF_SCRIPTS = [
  ...['--quick', '--only', '--json', '--write', '--fast', '--pages', '--model', '--dev'],
];

interface Help {
  /** Flags with their choices, where they have some. */
  readonly flags: ReadonlyMap<string, readonly string[] | undefined>;
  readonly examples: readonly string[];
}

const folder = temporaryFolder();
const helps = new Map<string, Help>();

beforeAll(async () => {
  const { stdout } = await longhand(['--help'], folder);
  const list = /\nCommands:\n(.*?)\n\n/s.exec(stdout)![1]!;
  const names = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!);
  const commands = names.filter((name) => name !== 'help');
  const texts = await Promise.all(commands.map((name) => longhand([name, '--help'], folder)));
  for (const [k, { stdout: help }] of texts.entries()) helps.set(commands[k]!, readHelp(help));
});

function readHelp(text: string): Help {
  const flags = new Map<string, readonly string[] | undefined>();
  for (const option of text.split(/\n\n(?=\w+:\n)/).flatMap((section) => section.split(/\n {2}(?=-)/))) {
    if (!option.startsWith('-')) continue;
    // `--flag <value>  explanation (also --alias; choices; default …)`
    const [names] = option.split(/ {2}|\n/, 1);
    const choices = names!.endsWith('<name>') ? choicesIn(option.replaceAll(/\s+/g, ' ')) : undefined;
    const aliases = /[(;] ?also (--[^;)]+)/.exec(option.replaceAll(/\s+/g, ' '))?.[1] ?? '';
    for (const [flag] of `${names} ${aliases}`.matchAll(/--[a-z][a-z0-9-]*/g)) flags.set(flag, choices);
  }
  const examples = [...text.matchAll(/^ {2}(longhand .*)$/gm)].map(([, example]) => example!);
  return { flags, examples };
}

/** The parts of the last parentheses that are a list of words: `(g; relu, tanh; default relu)`. */
function choicesIn(option: string): readonly string[] | undefined {
  const facts = option.slice(option.lastIndexOf('(') + 1, option.lastIndexOf(')')).split('; ');
  return facts.find((fact) => /^[a-z-]+(, [a-z-]+)+$/.test(fact))?.split(', ');
}

/** Code as a document shows it: inline, and line by line in blocks. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].flatMap(([, code]) => code!.split('\n'));
  const prose = text.replaceAll(/^```.*?^```$/gms, '');
  return [...blocks, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)];
}

/** The command line that a piece of code is, with or without its `longhand`; else undefined. */
function asCommandLine(code: string): string | undefined {
  const line = code.replace(/^(npx )?longhand /, '');
  if (line !== code) return /^\w/.test(line) ? line : undefined;
  const [name] = code.split(' ', 1);
  return helps.has(name!) && code.includes(' --') ? code : undefined;
}

/** The words of a command line, without its comment and its quotes. */
function wordsOf(line: string): string[] {
  return (line.replace(/ # .*/, '').match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
}

/** What is wrong with a command line: nothing, or a sentence. */
function problemWith(words: readonly string[]): string | undefined {
  const [name, ...rest] = words;
  const help = helps.get(name!);
  if (!help) return `there is no command ${name}`;
  return problemWithFlags(rest, [help]);
}

function problemWithFlags(words: readonly string[], candidates: readonly Help[]): string | undefined {
  for (const [k, word] of words.entries()) {
    if (!word.startsWith('--')) continue;
    const help = candidates.find(({ flags }) => flags.has(word));
    if (!help) return `there is no flag ${word}`;
    const choices = help.flags.get(word);
    const value = words[k + 1];
    // A word in capitals stands for any value.
    if (!choices || value === undefined || /^[A-Z]+$/.test(value)) continue;
    for (const one of value.split(',')) {
      if (!choices.includes(one)) return `${word} ${one}: there are ${choices.join(', ')}`;
    }
  }
  return undefined;
}

describe.each(WITH_COMMANDS)('%s', (document) => {
  const code = codeIn(read(document));
  const flags = code.filter((line) => /^--[a-z]/.test(line));

  test('every command line has commands, flags and choices that exist', () => {
    for (const line of code.map(asCommandLine).filter((text) => text !== undefined)) {
      expect(problemWith(wordsOf(line)), line).toBeUndefined();
    }
  });

  test('every flag named by itself is a flag of a command or a script', () => {
    for (const line of flags) {
      const words = wordsOf(line);
      const own = words.filter((word, k) => !(k === 0 && FLAGS_OF_SCRIPTS.includes(word)));
      expect(problemWithFlags(own, [...helps.values()]), line).toBeUndefined();
    }
  });
});

test('the README shows every command, and the documents have command lines to check', () => {
  const shown = codeIn(read('README.md')).map((line) => /^longhand (\w+)/.exec(line)?.[1]);
  for (const name of helps.keys()) expect(shown).toContain(name);
});

test('every example in a help text has flags and choices that exist', () => {
  const examples = [...helps.values()].flatMap((help) => help.examples);
  expect(examples.length).toBeGreaterThanOrEqual(helps.size);
  for (const example of examples) expect(problemWith(wordsOf(example).slice(1)), example).toBeUndefined();
});

test('wrong lines are found', () => {
  expect(problemWith(['trian'])).toMatch(/no command/);
  expect(problemWith(['train', '--nonsense', '1'])).toMatch(/no flag/);
  expect(problemWith(['train', '--schedule', 'cosin'])).toMatch(/there are constant/);
  expect(problemWith(['train', '--schedule', 'cosine', '--lr', '1'])).toBeUndefined();
});

/** As GitHub makes the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

test.each(DOCUMENTS)('%s: every relative link leads to a file and a heading that exist', (document) => {
  const text = read(document).replaceAll(/^```.*?^```$/gms, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, link, source]) => (link ?? source)!,
  );
  for (const target of targets.filter((link) => !/^https?:/.test(link))) {
    const [file, anchor] = target.split('#') as [string, string?];
    const name = file === '' ? document : path.join(path.dirname(document), file);
    expect(existsSync(path.join(ROOT, name)), target).toBe(true);
    if (anchor === undefined) continue;
    const headings = [...read(name).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));
    expect(headings, target).toContain(anchor);
  }
});

test('the documents import what the packages export', async () => {
  const imports = DOCUMENTS.flatMap((document) => [
    ...read(document).matchAll(/^import \{ (.*) \} from '(@longhand\/.*)';$/gm),
  ]);
  expect(imports.length).toBeGreaterThan(0);
  for (const [line, names, from] of imports) {
    const exported: object = await import(from!);
    for (const name of names!.split(', ')) expect(exported, line).toHaveProperty(name);
  }
});
