import { useEffect, useState } from 'preact/hooks';
import { useStepKeys } from '../../components/step-keys.js';
import { type ChapterName, COURSE, chapterNumber } from '../../glossary/course.js';
import { isPresenting } from '../../state/frame.js';
import { hrefOf } from '../../state/location.js';
import type { Block, Chapter, Section } from './chapter.js';
import { CodePanel } from './code-panel.js';
import { EquationLine } from './equation-text.js';
import { type Figures, LOADERS } from './loaders.js';
import { answer, progress, questionsOf } from './progress.js';
import { Quiz } from './quiz.js';
import { RichText } from './rich-text.js';

/** A chapter: its text, its live figures, its questions and its code. */
export function ChapterPage({ name }: { name: ChapterName }) {
  const row = COURSE.find((each) => each.name === name)!;
  const [loaded, setLoaded] = useState<{ chapter: Chapter; figures: Figures } | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);

  async function load(): Promise<void> {
    setFailed(false);
    try {
      const { text, figures } = LOADERS[name]!;
      const [{ chapter }, drawn] = await Promise.all([text(), figures()]);
      setLoaded({ chapter, figures: drawn.figures });
    } catch {
      setFailed(true);
    }
  }
  useEffect(() => {
    scrollTo(0, 0);
    void load();
  }, [name]);

  return (
    <article class="chapter">
      <h2 class="chapter-title">
        <span class="red">{COURSE.indexOf(row) + 1}</span> {row.title}
      </h2>
      {loaded ? (
        <Body name={name} {...loaded} />
      ) : isFailed ? (
        <p class="red opening" role="alert">
          This chapter could not be loaded. Check your connection.{' '}
          <button type="button" onClick={() => void load()}>
            Try again
          </button>
        </p>
      ) : (
        <p class="faint opening">Loading the chapter …</p>
      )}
    </article>
  );
}

function Body({ name, chapter, figures }: { name: ChapterName; chapter: Chapter; figures: Figures }) {
  const place = COURSE.findIndex((row) => row.name === name);
  const [before, after] = [COURSE[place - 1], COURSE[place + 1]];
  // A reader moves on with the buttons; a presenter has keys alone.
  const toNeighbor = (row: typeof before) =>
    row &&
    isPresenting.peek() &&
    document.querySelector<HTMLElement>(`.chapter-foot a[href*="chapter=${row.name}"]`)?.click();
  useStepKeys(
    () => toNeighbor(after),
    () => toNeighbor(before),
  );
  let asked = 0;
  return (
    <>
      {chapter.sections.map((section, k) => {
        const first = asked;
        asked += section.questions?.length ?? 0;
        return (
          <Lesson key={k} name={name} chapter={chapter} section={section} first={first} figures={figures} />
        );
      })}
      <div data-control="code">
        <CodePanel code={chapter.code} />
      </div>
      <ChapterEnd name={name} chapter={chapter} />
      <nav class="chapter-foot" aria-label="Next and previous chapter">
        {before && (
          <a class="button" href={hrefOf('learn', { chapter: before.name })}>
            ‹ {numberOf(before.name)} · {before.short}
          </a>
        )}
        <a class="button" href={hrefOf('board', { ...chapter.board.state, chapter: name })}>
          {chapter.board.text}
        </a>
        {after && (
          <a class="button main" href={hrefOf('learn', { chapter: after.name })}>
            {numberOf(after.name)} · {after.short} ›
          </a>
        )}
      </nav>
    </>
  );
}

function numberOf(name: ChapterName): number {
  return chapterNumber(name);
}

interface LessonProps {
  readonly name: ChapterName;
  readonly chapter: Chapter;
  readonly section: Section;
  /** The place of its first question in the chapter. */
  readonly first: number;
  readonly figures: Figures;
}

function Lesson({ name, chapter, section: { blocks, figure, questions = [] }, first, figures }: LessonProps) {
  const Figure = figure && figures[figure.name];
  const given = progress.value[name]?.given ?? {};
  return (
    <section class={`lesson ${figure ? (figure.isWide ? 'wide' : '') : 'alone'}`}>
      <div class="lesson-text">
        {blocks.map((block, k) => (
          <TextBlock key={k} block={block} />
        ))}
      </div>
      {Figure && (
        <figure class="lesson-figure sheet" data-part="figure">
          <figcaption class="pen">{figure.title}</figcaption>
          <Figure />
        </figure>
      )}
      {questions.length > 0 && (
        <div class="lesson-questions">
          {questions.map((question, k) => (
            <Quiz
              key={question.ask}
              question={question}
              id={`question-${first + k}`}
              given={given[first + k]}
              onAnswer={(chosen) => answer(name, chapter, first + k, chosen)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function TextBlock({ block }: { block: Block }) {
  return typeof block === 'string' ? (
    <p>
      <RichText text={block} />
    </p>
  ) : (
    <EquationLine {...block} />
  );
}

/** How many of the chapter's questions are answered right. */
function ChapterEnd({ name, chapter }: { name: ChapterName; chapter: Chapter }) {
  const given = progress.value[name]?.given ?? {};
  const questions = questionsOf(chapter);
  const right = questions.filter(({ answers }, k) => answers[given[k] ?? -1]?.isRight).length;
  return (
    <p class="chapter-end" role="status">
      {right === questions.length ? (
        <b class="green pen">✓ All {right} questions answered right: this chapter is done.</b>
      ) : (
        <span class="faint">
          {right} of {questions.length} questions answered right.
        </span>
      )}
    </p>
  );
}
