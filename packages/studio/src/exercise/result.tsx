import { COURSE } from '../glossary/course.js';
import { hrefOf } from '../state/location.js';
import { ALL, type Outcome } from './exercise-state.js';
import type { Marked } from './marking.js';
import type { Problem } from './read-ended.js';

interface ResultProps {
  readonly outcome: Outcome;
  readonly onLine: (line: number) => void;
}

/** What a run gave: what went wrong, the marks, and what was printed. */
export function Result({ outcome: { sheet, problems, output, lines }, onLine }: ResultProps) {
  return (
    <>
      {problems.map((problem) => (
        <ProblemText key={problem.step} problem={problem} onLine={onLine} />
      ))}
      {sheet && (
        <ul class="marks" aria-label="Marks">
          {sheet.marks.map((mark) => (
            <Mark key={mark.name} mark={mark} />
          ))}
        </ul>
      )}
      {sheet?.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {output.length > 0 && (
        <figure class="printed">
          <figcaption class="faint">
            Printed by your program
            {lines > output.length &&
              `: the first ${output.length} of ${lines.toLocaleString('en-US')} lines`}
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <pre class="code" tabIndex={0}>
            {output.join('\n')}
          </pre>
        </figure>
      )}
    </>
  );
}

/** One sentence for a screen reader, and as the heading of the result. */
export function summaryOf({ sheet, problems }: Outcome): string {
  if (!sheet) return 'Your program did not run.';
  const { right, wrong } = sheet;
  if (right === ALL && wrong === 0) return `All ${ALL} are right. You have written a backward pass.`;
  const missing = ALL - right - wrong;
  const stopped = problems.some(({ line }) => line !== undefined) ? ' Your program stopped at an error.' : '';
  return `${right} right, ${wrong} wrong, ${missing} missing.${stopped}`;
}

const SIGNS = { right: '✓', wrong: '✗', missing: '·' } as const;

function Mark({ mark: { name, equation, verdict, text, chapters } }: { mark: Marked }) {
  return (
    <li class={`mark ${verdict}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[verdict]}
      </span>
      <span class="figures">{name}</span>
      <span class="verdict">{verdict}</span>
      {text ? (
        <p>
          {text.startsWith(`${name}: `) ? capitalized(text.slice(name.length + 2)) : text}{' '}
          {chapters.map((chapter) => (
            <ChapterLink key={chapter} chapter={chapter} />
          ))}
        </p>
      ) : (
        <span class="faint">{equation}</span>
      )}
    </li>
  );
}

function capitalized(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

function ChapterLink({ chapter }: { chapter: number }) {
  const { name, title } = COURSE[chapter - 1]!;
  return (
    <a href={hrefOf('learn', { chapter: name })} title={title}>
      Chapter {chapter}
    </a>
  );
}

const STEP_NAMES: Readonly<Record<string, string>> = { program: 'Your program' };

function ProblemText({ problem, onLine }: { problem: Problem; onLine: (line: number) => void }) {
  const { step, message, line, missing } = problem;
  return (
    <p class="problem">
      <b class="red">{STEP_NAMES[step] ?? step}</b>: {message}
      {line !== undefined && (
        <>
          {' '}
          <button type="button" class="quiet" onClick={() => onLine(line)}>
            Go to line {line}
          </button>
        </>
      )}
      {missing.length > 0 && ` ${step} got no value for ${missing.join(', ')}: compute them first.`}
    </p>
  );
}
