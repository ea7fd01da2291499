import { COURSE, chapterNumber } from '../../glossary/course.js';
import { hrefOf } from '../../state/location.js';
import { progress, startAgain } from './progress.js';

/** What the course is, and all its chapters. */
export function Overview() {
  const next = COURSE.find(({ name }) => !progress.value[name]?.isDone) ?? COURSE[0]!;
  const hasBegun = Object.keys(progress.value).length > 0;
  const number = COURSE.indexOf(next) + 1;
  return (
    <div class="learn-overview">
      <p class="lead">
        How does a machine learn to read a digit? Here you find out with your own hands: from a single weight
        to a network that you have written yourself. Every number is real. You need no more than plus, times
        and a curve.
      </p>
      <p class="begin">
        <a class="button main" href={hrefOf('learn', { chapter: next.name })}>
          {hasBegun ? 'Go on with' : 'Begin with'} {number} · {next.short}
        </a>
        {hasBegun && (
          <button type="button" class="quiet" onClick={startAgain}>
            Forget my answers
          </button>
        )}
      </p>
      <ol class="chapter-cards">
        {COURSE.map(({ name, title, about }) => (
          <li key={name} class="sheet">
            <a class="card" href={hrefOf('learn', { chapter: name })}>
              <span class="number pen red" aria-hidden="true">
                {chapterNumber(name)}
              </span>
              <span class="title pen">{title}</span>
              <span class="about">{about}</span>
              {progress.value[name]?.isDone && <span class="done green pen">✓ done</span>}
            </a>
          </li>
        ))}
      </ol>
    </div>
  );
}
