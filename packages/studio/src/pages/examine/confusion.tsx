import { useRef, useState } from 'preact/hooks';
import { Digit } from '../../components/digit.js';
import { count } from '../../text.js';
import type { Answers } from './answers.js';
import { choices, choose } from './choices.js';
import { view } from './examine-state.js';
import { NO_FILTER } from './filter.js';
import { showGallery } from './show-gallery.js';

/** The strongest color of a square, in percent: its text must stay easy to read. */
const STRONGEST = 34;
/** The width of the headings of the rows, and the largest width of a square, in CSS pixels. */
const HEADINGS = 40;
const WIDEST = 64;
/** Additional width for long class names. */
const NAMES = 60;
/** A name that fits a narrow heading: one letter or two digits. */
const SHORT_NAME = /^(.|\d\d)$/u;
/** With more classes than this, a square has no room for a picture. */
const MAX_PICTURES = 16;

const KEYS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

interface Cell {
  readonly label: number;
  readonly answer: number;
}

/**
 * The confusion matrix. A square has the number of its digits and the one with the highest
 * confidence. It shows its digits in the gallery.
 */
export function Confusion() {
  const now = view.value;
  const names = now?.dataset.classNames ?? Array.from({ length: 10 }, (_, digit) => String(digit));
  const table = useRef<HTMLTableElement>(null);
  const [here, setHere] = useState<Cell>({ label: 0, answer: 0 });
  const { label: chosenLabel, answer: chosenAnswer } = choices.value;
  const answers = now?.answers;
  const worst = worstOf(answers);

  const named = names.some((name) => !SHORT_NAME.test(name));

  function walk(event: KeyboardEvent): void {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const bounded = (value: number) => Math.max(0, Math.min(names.length - 1, value));
    const next = { label: bounded(here.label + step[0]), answer: bounded(here.answer + step[1]) };
    setHere(next);
    table.current?.rows[next.label + 1]?.cells[next.answer + 1]?.querySelector('button')?.focus();
  }

  return (
    <div
      class={`confusion ${names.length > MAX_PICTURES ? 'many' : ''} ${named ? 'named' : ''}`}
      style={{ maxWidth: `${HEADINGS + (named ? NAMES : 0) + WIDEST * names.length}px` }}
    >
      <p class="across pen" aria-hidden="true">
        read as
      </p>
      <p class="down pen" aria-hidden="true">
        label{' '}
      </p>
      <div class="scroll">
        <table ref={table} aria-label="Confusion matrix: rows are the labels, columns the answers">
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col" title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, label) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  {name}
                </th>
                {names.map((other, answer) => (
                  <td key={other}>
                    <Square
                      {...{ label, answer, names, answers, worst }}
                      chosen={label === chosenLabel && answer === chosenAnswer}
                      reachable={label === here.label && answer === here.answer}
                      onFocus={() => setHere({ label, answer })}
                      onKeyDown={walk}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** The largest number of a kind of mistake. */
function worstOf(answers: Answers | undefined): number {
  if (!answers) return 1;
  return Math.max(1, ...answers.confusion.flatMap((row, k) => row.filter((_, j) => j !== k)));
}

/** What the colors of the squares stand for. */
export function ConfusionScale() {
  const worst = worstOf(view.value?.answers);
  return (
    <ul class="confusion-scale faint" aria-label="Colors of the squares">
      <li>
        right <span class="figures">0</span> <span class="bar of-right" aria-hidden="true" />{' '}
        <span class="figures">100%</span> of the row
      </li>
      <li>
        wrong <span class="figures">0</span> <span class="bar of-wrong" aria-hidden="true" />{' '}
        <span class="figures">{count(worst)}</span> {worst === 1 ? 'digit' : 'digits'}
      </li>
    </ul>
  );
}

interface SquareProps extends Cell {
  readonly names: readonly string[];
  readonly answers: Answers | undefined;
  /** The largest number of a kind of mistake. */
  readonly worst: number;
  readonly chosen: boolean;
  /** Tab reaches one of all squares. Arrow keys lead to the others. */
  readonly reachable: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Square({ label, answer, names, answers, worst, chosen, reachable, ...on }: SquareProps) {
  const n = answers?.confusion[label]?.[answer];
  const right = label === answer;
  const example = answers?.mostConfident[label]?.[answer] ?? -1;
  const strength = !answers || !n ? 0 : right ? answers.classes[label]!.recall! : Math.sqrt(n / worst);
  const { dataset } = answers ?? {};
  return (
    <button
      type="button"
      class={`square ${right ? 'right' : 'wrong'} ${n ? '' : 'none'}`}
      style={{ '--share': `${Math.round(STRONGEST * strength)}%` }}
      tabIndex={reachable ? 0 : -1}
      aria-pressed={chosen}
      aria-label={`${names[label]} read as ${names[answer]}: ${n === undefined ? 'not asked yet' : count(n)}`}
      {...on}
      onClick={() => {
        choose(chosen ? { label: undefined, answer: undefined } : { ...NO_FILTER, label, answer });
        showGallery();
      }}
    >
      {dataset && names.length <= MAX_PICTURES && example >= 0 && (
        <Digit
          pixels={dataset.pixels(example)}
          width={dataset.width}
          height={dataset.height}
          class="example"
        />
      )}
      <span class="figures">{n ? count(n) : ''}</span>
    </button>
  );
}
