import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// Turns of phrase that make a reader stop, and spellings that are not American. It looks at what a person reads:
// documents, and the comments and texts of programs.
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What to write instead stands behind each. */
const TURNS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bof no account\b/i, 'does not matter'],
  [/\bto be had\b/i, 'available'],
  [/\bstands? over (it|them|these)\b/i, 'overrides'],
  [/\ball but (blank|one|certain|nothing)\b/i, 'almost'],
  [/\banew\b/i, 'again'],
  [/\blessen/i, 'reduce'],
  [/\bthat which\b/i, 'what'],
  [/\bso many of (the|these|them)\b/i, 'as many'],
  [/\bwhat it takes for what\b/i, 'confusion matrix'],
  [/\bthe most that was found\b/i, 'the largest'],
  [/\ban open question\b/i, 'doubtful, or open to inspection'],
  [/\blooks? at dev\b/i, 'evaluation on dev'],
  [/\bgo(es)? without\b/i, 'has no …, omits'],
  [/\bturned over\b/i, 'transposed'],
];

const BRITISH =
  /\b\w*(colour|behaviour|neighbour|centre[ds]?\b|\bgrey|artefact|initialis|normalis|recognis|optimis(e|ation)|summaris|organis|modell(ed|ing)|favourite)\w*/i;

/** Names that are not ours to spell: properties of browsers and styles, and addresses. */
const FOREIGN = /https?:\/\/\S+|centre=|'centre'|`centre`|'recognise'|normalisation\b|initialisation\b/g;

const FOLDERS = ['packages', 'docs', 'scripts', 'bench', 'examples', 'tests'];
/** Files that name the words they are about: this test, and what reads old files. */
const ABOUT_WORDS =
  /^tests\/(voice\.test\.ts|cli\/former-names\.test\.ts)$|settings\/|CHANGELOG\.md$|formats\/model|engine-log\.md$/;

const files = ['README.md', 'CONTRIBUTING.md', ...FOLDERS.flatMap(filesIn)].filter(
  (file) => !ABOUT_WORDS.test(file),
);

function filesIn(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : filesIn(name);
    return /\.(ts|tsx|js|md|html)$/.test(name) && !/\.generated\./.test(name) ? [name] : [];
  });
}

function findings(pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readFileSync(`${root}${file}`, 'utf8')
      .replace(FOREIGN, '')
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
}

test('there is something to read', () => {
  expect(files.length).toBeGreaterThan(400);
});

test.each(TURNS)('nothing says %s (better: %s)', (pattern) => {
  expect(findings(pattern)).toEqual([]);
});

test('the spelling is American', () => {
  expect(findings(BRITISH)).toEqual([]);
});
