import { signal } from '@preact/signals';
import type { ChapterName } from '../../glossary/course.js';
import type { Chapter } from './chapter.js';

/** Of each chapter, which answer was last given to each of its questions. */
type Progress = Readonly<Partial<Record<ChapterName, ChapterProgress>>>;

interface ChapterProgress {
  /** By the place of the question in the chapter. */
  readonly given: Readonly<Record<number, number>>;
  /** Whether all questions were answered right. It stays true. */
  readonly isDone: boolean;
}

const KEY = 'longhand course';

/** Kept in this browser alone. */
export const progress = signal<Progress>(remembered());

/** The questions of a chapter, in their order. */
export function questionsOf({ sections }: Chapter) {
  return sections.flatMap(({ questions = [] }) => questions);
}

/** Keeps an answer, and whether the chapter is done with it. */
export function answer(name: ChapterName, chapter: Chapter, question: number, chosen: number): void {
  const given = { ...progress.value[name]?.given, [question]: chosen };
  const isRight = questionsOf(chapter).every(({ answers }, k) => answers[given[k] ?? -1]?.isRight);
  keep({ ...progress.value, [name]: { given, isDone: isRight || progress.value[name]?.isDone === true } });
}

/** Forgets all answers. */
export function startAgain(): void {
  keep({});
}

function keep(next: Progress): void {
  progress.value = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the page forgets them when it is closed.
  }
}

function remembered(): Progress {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(([, one]) => typeof one?.given === 'object' && one.given !== null),
    ) as Progress;
  } catch {
    return {};
  }
}
