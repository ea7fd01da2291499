import { useEffect, useState } from 'preact/hooks';
import { type ChapterName, COURSE } from '../../glossary/course.js';
import { hrefOf } from '../../state/location.js';
import { showError } from '../../state/notifications.js';
import type { Chapter, Question, Task } from './chapter.js';
import { EquationLine } from './equation-text.js';
import { LOADERS } from './loaders.js';
import { questionsOf } from './progress.js';
import { RichText } from './rich-text.js';
import './worksheet.css';

interface WorksheetsProps {
  readonly names: readonly ChapterName[];
  readonly hasAnswers: boolean;
}

/** The worksheets of some chapters, or the answers to them, to print. */
export function Worksheets({ names, hasAnswers }: WorksheetsProps) {
  const [chapters, setChapters] = useState<readonly (readonly [ChapterName, Chapter])[]>([]);
  const all = names.join();
  useEffect(() => {
    const loading = names.map(async (name) => [name, (await LOADERS[name]!.text()).chapter] as const);
    Promise.all(loading).then(setChapters, showError);
  }, [all]);
  const only = names.length === 1 ? names[0] : undefined;
  if (chapters.length === 0) return <p class="faint opening">Loading the worksheet …</p>;
  return (
    <div class="worksheets">
      <p class="sheet-buttons">
        <button type="button" class="main" onClick={() => print()}>
          Print
        </button>
        <a
          class="button"
          href={hrefOf('learn', { chapter: only, sheet: hasAnswers ? 'worksheet' : 'answers' })}
        >
          {hasAnswers ? 'Worksheet' : 'Answers'}
        </a>
        <a class="button" href={hrefOf('learn', only ? { chapter: only } : { for: 'teachers' })}>
          {only ? 'Back to the chapter' : 'Back to the page for teachers'}
        </a>
      </p>
      {chapters.map(([name, chapter]) => (
        <Sheet key={name} name={name} chapter={chapter} hasAnswers={hasAnswers} />
      ))}
    </div>
  );
}

function Sheet({ name, chapter, hasAnswers }: { name: ChapterName; chapter: Chapter; hasAnswers: boolean }) {
  const row = COURSE.find((each) => each.name === name)!;
  const questions = questionsOf(chapter);
  return (
    <article class="worksheet sheet" data-part="worksheet">
      <header>
        <h2>
          <span class="red">{COURSE.indexOf(row) + 1}</span> {row.title}
        </h2>
        <p class="faint">{hasAnswers ? 'Answers' : 'Name ______________________ Date ____________'}</p>
      </header>
      <EquationLine {...chapter.code} />
      <ol class="sheet-tasks">
        {chapter.tasks.map((task) => (
          <TaskItem key={task.ask} task={task} hasAnswers={hasAnswers} />
        ))}
        <li class="at-the-page faint">
          The following questions are those of the page: keep its figures at hand.
        </li>
        {questions.map((question) => (
          <QuestionItem key={question.ask} question={question} hasAnswers={hasAnswers} />
        ))}
      </ol>
      <footer class="faint">
        <span class="pen">Longhand</span> · Learn, chapter {COURSE.indexOf(row) + 1}
      </footer>
    </article>
  );
}

function TaskItem({ task, hasAnswers }: { task: Task; hasAnswers: boolean }) {
  const { ask, answer, lines = 2, isDrawn = false } = task;
  return (
    <li>
      <p>
        <RichText text={ask} isOnPaper={true} />
      </p>
      {hasAnswers ? (
        <p class="green">
          <RichText text={typeof answer === 'string' ? answer : answer()} isOnPaper={true} />
        </p>
      ) : (
        <div class={isDrawn ? 'blank-squares' : 'blank-lines'} style={{ '--lines': String(lines) }} />
      )}
    </li>
  );
}

function QuestionItem({
  question: { ask, answers },
  hasAnswers,
}: {
  question: Question;
  hasAnswers: boolean;
}) {
  return (
    <li>
      <p>
        <RichText text={ask} isOnPaper={true} />
      </p>
      <ul>
        {answers.map(({ text, isRight, why }) => (
          <li key={text} class={hasAnswers && isRight ? 'green' : ''}>
            <span aria-hidden="true">{hasAnswers && isRight ? '☑' : '☐'}</span>{' '}
            <RichText text={text} isOnPaper={true} />
            {hasAnswers && (
              <>
                {isRight && <span class="hidden"> (right)</span>}:{' '}
                <span class={isRight ? '' : 'faint'}>
                  <RichText text={why} isOnPaper={true} />
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
