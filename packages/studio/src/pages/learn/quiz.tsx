import type { Question } from './chapter.js';
import { RichText } from './rich-text.js';

interface QuizProps {
  readonly question: Question;
  /** For its headings' names. */
  readonly id: string;
  /** The answer that was last given. */
  readonly given: number | undefined;
  readonly onAnswer: (chosen: number) => void;
}

/** A question that is marked at once, with a reason. It can be answered again. */
export function Quiz({ question: { ask, answers }, id, given, onAnswer }: QuizProps) {
  const chosen = given === undefined ? undefined : answers[given];
  return (
    <section class="quiz sheet" aria-labelledby={id}>
      <h3>predict, then look</h3>
      <p id={id}>
        <RichText text={ask} />
      </p>
      <ul>
        {answers.map((one, k) => {
          const mark = k !== given ? '' : one.isRight ? 'right' : 'wrong';
          return (
            <li key={one.text}>
              <button
                type="button"
                class={`answer ${mark}`}
                aria-pressed={k === given}
                onClick={() => onAnswer(k)}
              >
                <span class="ring" aria-hidden="true" />
                <span>
                  <RichText text={one.text} isOnPaper={true} />
                </span>
                {mark && <span class="given pen">{mark === 'right' ? '✓ right' : '✗ not quite'}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      <p class={`why ${chosen ? (chosen.isRight ? 'green' : 'red') : 'faint'}`} role="status">
        {chosen ? <RichText text={chosen.why} isOnPaper={true} /> : 'Choose an answer: it is marked at once.'}
      </p>
    </section>
  );
}
