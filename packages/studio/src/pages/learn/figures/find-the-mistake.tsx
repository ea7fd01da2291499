import { toDesignMatrix } from '@longhand/core/data';
import { createExercise, type Mark, type Marks, markAnswers } from '@longhand/core/exercise';
import { formatNumber } from '@longhand/core/explain';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { firstDigits, loadFirst } from '../../../state/digits.js';
import { Figure, Waiting } from './figure.js';
import { PLANTED, runProgram } from './planted-programs.js';

/** The digits of the exercise. */
const EXAMPLES = 5;

/** A program with a mistake, and what the mark says of it: it is computed here. */
export function FindTheMistake() {
  const [chosen, choose] = useState(0);
  useEffect(() => void loadFirst(), []);
  const training = firstDigits.value?.training;
  const exercise = useMemo(() => {
    if (!training) return undefined;
    const places = Array.from({ length: EXAMPLES }, (_, k) => k);
    return createExercise(toDesignMatrix(training, places, 1 / 255));
  }, [training]);
  const [marks, setMarks] = useState<Marks | undefined>(undefined);
  useEffect(() => {
    if (!exercise) return;
    // Marking takes a moment: the choice is drawn first.
    const later = setTimeout(() =>
      setMarks(markAnswers(exercise, runProgram(exercise, PLANTED[chosen]!.change))),
    );
    return () => clearTimeout(later);
  }, [exercise, chosen]);
  if (!marks) return <Waiting />;
  return (
    <Figure>
      <fieldset class="learn-switches">
        <legend>Write this line into a right program:</legend>
        {PLANTED.map(({ line }, k) => (
          <label key={line}>
            <input type="radio" name="planted" checked={k === chosen} onChange={() => choose(k)} />
            <code class="line">{line}</code>
          </label>
        ))}
      </fieldset>
      <ol class="learn-marks" aria-label="The marks">
        {marks.marks.map((mark) => (
          <li key={mark.quantity.name} class={mark.verdict === 'right' ? 'green' : 'red'}>
            {mark.verdict === 'right' ? '✓' : '✗'} <span class="figures">{mark.quantity.name}</span>
            <span class="hidden"> {mark.verdict}</span>
          </li>
        ))}
      </ol>
      <div class="learn-longhand" role="status">
        {saidOf(marks).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </Figure>
  );
}

function saidOf({ marks, right }: Marks): string[] {
  const wrong = marks.filter(({ verdict }) => verdict === 'wrong');
  if (wrong.length === 0) return [`All ${right} quantities are right.`];
  return wrong.map(sentenceOf);
}

function sentenceOf({ quantity, mistakes, worst }: Mark): string {
  const name = mistakes[0]?.name ?? 'wrong, and no known mistake fits';
  const where = worst
    ? ` Row ${worst.row}, column ${worst.column}: ${formatNumber(worst.found, 3)}, expected ${formatNumber(worst.expected, 3)}.`
    : '';
  return `${quantity.name}: ${name}.${where}`;
}
