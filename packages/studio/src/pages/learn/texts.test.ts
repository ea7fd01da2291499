// The words of the course: how many, how long its sentences are, and whether every term was explained before.

import { describe, expect, test } from 'vitest';
import { COURSE } from '../../glossary/course.js';
import { TERMS } from '../../glossary/terms.js';
import type { Chapter } from './chapter.js';
import { FIELD_WORDS, UNWANTED } from './field-words.js';
import { LOADERS } from './loaders.js';
import { piecesOf, plainText } from './markup.js';

const MAX_WORDS = 450;
const MAX_MEAN_SENTENCE = 16;
const MAX_SENTENCE = 40;

const chapters = await Promise.all(
  COURSE.map(async ({ name }) => ({ name, chapter: (await LOADERS[name]!.text()).chapter })),
);

/** The paragraphs that a reader reads from top to bottom. */
function paragraphsOf({ sections }: Chapter): string[] {
  return sections.flatMap(({ blocks }) => blocks.filter((block) => typeof block === 'string'));
}

function questionsOf({ sections }: Chapter) {
  return sections.flatMap(({ questions }) => questions ?? []);
}

/** Everything with whole sentences. */
function proseOf(chapter: Chapter): string[] {
  return [
    ...paragraphsOf(chapter),
    ...questionsOf(chapter).flatMap(({ ask, answers }) => [ask, ...answers.map(({ why }) => why)]),
    ...chapter.tasks.map(({ ask }) => ask),
  ];
}

/** Everything that is read, with its markup. */
function allTextOf(chapter: Chapter): string[] {
  const answers = questionsOf(chapter).flatMap((question) => question.answers.map(({ text }) => text));
  const titles = chapter.sections.flatMap(({ figure }) => (figure ? [figure.title] : []));
  const solutions = chapter.tasks.map(({ answer }) => (typeof answer === 'string' ? answer : answer()));
  return [...proseOf(chapter), ...answers, ...titles, ...solutions, chapter.board.text];
}

function wordsOf(text: string): string[] {
  return plainText(text).match(/[\p{L}\p{N}][\p{L}\p{N}’'.,%²¹ᵀ-]*/gu) ?? [];
}

/** A sentence ends with a mark and a space before a capital; a colon before an equation ends it, too. */
function sentencesOf(text: string): string[] {
  return plainText(text)
    .split(/(?<=[.?!:][”)]?)\s+(?=[\p{Lu}“(`0-9])/u)
    .filter((sentence) => wordsOf(sentence).length > 0);
}

describe.each(chapters)('$name', ({ name, chapter }) => {
  test(`has at most ${MAX_WORDS} words`, () => {
    const count = paragraphsOf(chapter).flatMap(wordsOf).length;
    expect(count).toBeGreaterThan(100);
    expect(count).toBeLessThanOrEqual(MAX_WORDS);
  });

  test(`has sentences of at most ${MAX_MEAN_SENTENCE} words in the mean, and none above ${MAX_SENTENCE}`, () => {
    const lengths = proseOf(chapter)
      .flatMap(sentencesOf)
      .map((sentence) => ({ sentence, words: wordsOf(sentence).length }));
    const mean = lengths.reduce((sum, { words }) => sum + words, 0) / lengths.length;
    expect(mean).toBeLessThanOrEqual(MAX_MEAN_SENTENCE);
    expect(lengths.filter(({ words }) => words > MAX_SENTENCE)).toEqual([]);
  });

  test('has two figures or more, and two to four questions with one right answer and a reason for each', () => {
    const names = chapter.sections.flatMap(({ figure }) => (figure ? [figure.name] : []));
    expect(new Set(names).size).toBeGreaterThanOrEqual(2);
    const questions = questionsOf(chapter);
    expect(questions.length).toBeGreaterThanOrEqual(2);
    expect(questions.length).toBeLessThanOrEqual(4);
    for (const { ask, answers } of questions) {
      expect(answers.length, ask).toBeGreaterThanOrEqual(2);
      expect(
        answers.filter(({ isRight }) => isRight),
        ask,
      ).toHaveLength(1);
      for (const { why } of answers) expect(wordsOf(why).length, ask).toBeGreaterThanOrEqual(3);
    }
    expect(chapter.tasks.length).toBeGreaterThanOrEqual(2);
  });

  test('every term of the field is explained before: by the Glossary, here or in an earlier chapter', () => {
    const place = chapters.findIndex((row) => row.name === name);
    const known = new Set(chapters.slice(0, place + 1).flatMap((each) => explainedIn(each.chapter)));
    const words = allTextOf(chapter).map(plainText);
    const unexplained = Object.entries(FIELD_WORDS).filter(
      ([word, term]) => !known.has(term) && words.some((text) => hasWord(text, word)),
    );
    expect(unexplained).toEqual([]);
    expect(UNWANTED.filter((word) => words.some((text) => hasWord(text, word)))).toEqual([]);
  });
});

test('all fourteen chapters are written', () => {
  expect(chapters.map(({ name }) => name)).toEqual(COURSE.map(({ name }) => name));
  expect(chapters).toHaveLength(14);
});

test('every term in a text is one of the Glossary, and so is every word of the field', () => {
  const names = new Set<string>(TERMS.map(({ name }) => name));
  for (const { chapter } of chapters) for (const term of explainedIn(chapter)) expect(names).toContain(term);
  for (const term of Object.values(FIELD_WORDS)) expect(names).toContain(term);
});

/** The terms that a chapter explains: their sentence can be asked for, or the text itself says it, in bold. */
function explainedIn(chapter: Chapter): string[] {
  return allTextOf(chapter)
    .flatMap(piecesOf)
    .flatMap((piece) => {
      if (piece.kind === 'term') return [piece.to];
      if (piece.kind !== 'bold') return [];
      return Object.entries(FIELD_WORDS).flatMap(([word, term]) => (hasWord(piece.text, word) ? [term] : []));
    });
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'iu').test(text);
}
