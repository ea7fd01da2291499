import { useEffect, useState } from 'preact/hooks';
import { type ChapterName, COURSE, chapterNumber } from '../../glossary/course.js';
import { hrefOf } from '../../state/location.js';
import { progress } from './progress.js';

interface CourseListProps {
  readonly here: ChapterName | undefined;
  readonly isForTeachers: boolean;
}

/** The chapters at the side, with what is done. In a narrow window they are folded. */
export function CourseList({ here, isForTeachers }: CourseListProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [here]);
  const done = COURSE.filter(({ name }) => progress.value[name]?.isDone).length;
  const current = { 'aria-current': 'page' } as const;
  return (
    <nav class={`course-list ${isOpen ? 'open' : ''}`} aria-label="Chapters" data-control="chapters">
      <h2>
        <a href={hrefOf('learn')} {...(!here && !isForTeachers && current)}>
          the course
        </a>
      </h2>
      <button type="button" class="quiet unfold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide chapters' : 'All chapters'}
      </button>
      <ol>
        {COURSE.map(({ name, short }) => {
          const isDone = progress.value[name]?.isDone;
          return (
            <li key={name} value={chapterNumber(name)}>
              <a
                href={hrefOf('learn', { chapter: name })}
                class={isDone ? 'done' : ''}
                {...(name === here && current)}
              >
                <span class="tick green" aria-hidden="true">
                  {isDone ? '✓' : ''}
                </span>
                {short}
                {isDone && <span class="hidden">, done</span>}
              </a>
            </li>
          );
        })}
      </ol>
      <p class="faint kept">
        {done} of {COURSE.length} done. Kept in this browser alone.
      </p>
      <p class="more">
        <a href={hrefOf('glossary')}>Glossary</a> ·{' '}
        {here && (
          <>
            <a href={hrefOf('learn', { chapter: here, sheet: 'worksheet' })}>Worksheet</a> ·{' '}
          </>
        )}
        <a href={hrefOf('learn', { for: 'teachers' })} {...(isForTeachers && current)}>
          For teachers
        </a>
      </p>
    </nav>
  );
}
