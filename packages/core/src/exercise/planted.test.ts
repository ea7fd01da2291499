import { describe, expect, test } from 'vitest';
import { markAnswers } from './mark-answers.js';
import { MISTAKES } from './mistakes/all.js';
import { SAVED_MISTAKES } from './mistakes/saved.js';
import { canBeTogether, createRandom, placesOf, randomExercise, run } from './programs.test.support.js';

/** With 20 and 600, which takes half a minute: 1,680 of 1,680 and 599 of 600 are named. */
const PROGRAMS = 3;
const PAIRS = 100;

/** What an exercise must have, so that the mistake changes a number. */
const NEEDS: Readonly<Record<string, { square?: boolean; huge?: boolean }>> = {
  'softmax-without-shift': { huge: true },
  'bias-along-examples': { square: true },
  'rows-and-columns': {},
};

function planted(id: string, seed: number) {
  for (let k = 0; k < 50; k++) {
    const random = createRandom(seed + 1000 * k, id);
    const exercise = randomExercise(random, NEEDS[id] ?? {});
    const places = placesOf(id, exercise);
    if (places.length > 0) return { exercise, places, one: places[random.below(places.length)]!, random };
  }
  throw new Error(`${id} changes no number`);
}

const namedIn = (marks: ReturnType<typeof markAnswers>, name: string) =>
  marks.marks
    .filter(({ quantity }) => quantity.name === name)
    .flatMap(({ mistakes, others }) => [...mistakes, ...others].map(({ id }) => id));

test('there are at least 30 mistakes, each told once, with its equation and its effect', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(30);
  expect(new Set(MISTAKES.map(({ id }) => id)).size).toBe(MISTAKES.length);
  expect(new Set(MISTAKES.map(({ name }) => name)).size).toBeGreaterThan(MISTAKES.length - 3);
  for (const { effect, places, chapter } of MISTAKES) {
    expect(effect).toMatch(/^[A-Z].*[.]$/s);
    expect(Object.keys(places).length).toBeGreaterThan(0);
    expect(chapter).toBeGreaterThan(0);
    expect(chapter).toBeLessThan(15);
  }
});

describe('one mistake planted in random programs is named, and nothing else is wrong', () => {
  const missed: string[] = [];
  test.each(MISTAKES.map(({ id }) => id))('%s', (id) => {
    let named = 0;
    for (let seed = 1; seed <= PROGRAMS; seed++) {
      const { exercise, one } = planted(id, seed);
      const marks = markAnswers(exercise, run(exercise, [one]).answers);
      const isNamed = namedIn(marks, one.name).includes(id);
      if (isNamed && marks.wrong === 1) named++;
      else
        missed.push(
          `${id} in ${one.name} seed ${seed}: ${marks.marks
            .filter(({ verdict }) => verdict === 'wrong')
            .map(({ quantity, mistakes }) => `${quantity.name} ${mistakes.map((m) => m.id).join('+')}`)
            .join('; ')}`,
        );
    }
    expect(named, missed.join('\n')).toBe(PROGRAMS);
  });
});

test('two mistakes planted at once are both named in at least 95%', () => {
  const ids = MISTAKES.filter((mistake) => !SAVED_MISTAKES.includes(mistake)).map(({ id }) => id);
  let [programs, named] = [0, 0];
  const missed: string[] = [];
  for (let seed = 1; programs < PAIRS && seed < 5000; seed++) {
    const random = createRandom(seed, 'two');
    const id = ids[random.below(ids.length)]!;
    const { exercise, one } = planted(id, seed);
    const other = placesOf(ids[random.below(ids.length)]!, exercise)[0];
    if (!other || !canBeTogether(one, other, exercise)) continue;
    const { answers, isSeen } = run(exercise, [one, other]);
    if (!isSeen) continue;
    const marks = markAnswers(exercise, answers);
    programs++;
    if (namedIn(marks, one.name).includes(id) && namedIn(marks, other.name).includes(other.id)) named++;
    else
      missed.push(
        `${one.name} ${id} + ${other.name} ${other.id}: ${marks.marks
          .filter(({ verdict }) => verdict === 'wrong')
          .map(({ quantity, mistakes }) => `${quantity.name} ${mistakes.map((m) => m.id).join('+')}`)
          .join('; ')}`,
      );
  }
  expect(programs).toBe(PAIRS);
  expect(named / programs, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
});
