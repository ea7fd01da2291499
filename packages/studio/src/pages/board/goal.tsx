import { update } from '@longhand/core/maths';
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { computeIteration, type Iteration, MAX_ON_PAGE } from '../../computations/cycle.js';
import { probability, withArticle } from '../../text.js';
import { reached, steps } from './board-state.js';
import { choices } from './choices.js';
import { isUnlabeled } from './examples.js';

/** Whether the choices of the board are shown although it goes step by step. */
export const showsChoices = signal(false);

const WORDS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** What the visitor is here to see, and how far it is. */
export function Goal({ iteration }: { iteration: Iteration }) {
  const all = steps.value.length;
  const left = all - reached.value;
  const forward = steps.value.filter(({ phase }) => phase === 'forward').length;
  return (
    <p class="goal sheet" data-control="choices">
      <b class="pen">Goal</b>{' '}
      <span>
        {left === 0 ? (
          <Learned iteration={iteration} />
        ) : reached.value < forward ? (
          <>
            <ExampleText iteration={iteration} /> Press <b>Next</b> {timesInWords(forward - reached.value)} to
            see how the network reads it, and {timesInWords(left)} until it has learned.
          </>
        ) : (
          <>
            <GoalText iteration={iteration} /> Press <b>Next</b> {timesInWords(left)}, and it will have
            learned.
          </>
        )}
      </span>{' '}
      <button
        type="button"
        class="quiet"
        aria-expanded={showsChoices.value}
        onClick={() => {
          showsChoices.value = !showsChoices.value;
        }}
      >
        Choose another digit
      </button>
    </p>
  );
}

/** `This is a 4.` How the network reads it is not known before its last forward step. */
export function ExampleText({ iteration }: { iteration: Iteration }) {
  if (isUnlabeled(choices.value)) return <>This is your drawing.</>;
  const { label } = readingOf(iteration);
  return (
    <>
      This is {article(label)} <b>{label}</b>.
    </>
  );
}

/** `This is a 4. The network reads it as a 9 (66.4%).` */
function GoalText({ iteration }: { iteration: Iteration }) {
  const { label, answer, share } = readingOf(iteration);
  const read = (
    <>
      <b class={isUnlabeled(choices.value) ? '' : label === answer ? 'green' : 'red'}>{answer}</b> (
      {probability(share)})
    </>
  );
  if (isUnlabeled(choices.value))
    return (
      <>
        This is your drawing. The network reads it as {article(answer)} {read}.
      </>
    );
  return (
    <>
      This is {article(label)} <b>{label}</b>
      {label === answer ? ', and the network reads it as ' : '. The network reads it as '}
      {article(answer)} {read}.
    </>
  );
}

/** After the update: how the network reads the example now. */
function Learned({ iteration }: { iteration: Iteration }) {
  const { alpha } = choices.value;
  const after = useMemo(
    () =>
      iteration.m <= MAX_ON_PAGE
        ? computeIteration(update(iteration.network, iteration.gradients, alpha), iteration.examples)
        : undefined,
    [iteration, alpha],
  );
  const again = (
    <>
      Press <b>Next</b> to go round again.
    </>
  );
  if (!after) return <>All weights have moved. {again}</>;
  const [before, now] = [readingOf(iteration), readingOf(after)];
  if (after.loss > iteration.loss) return <>The loss grew: the step was too large. Try a smaller α.</>;
  return (
    <>
      {now.answer === now.label ? 'It has learned: it now reads' : 'It has learned a little: it still reads'}{' '}
      {article(now.answer)} <b class={now.answer === now.label ? 'green' : 'red'}>{now.answer}</b> (
      {probability(now.share)}).{' '}
      {before.answer !== before.label && now.answer === now.label
        ? `Before, the right answer got ${probability(before.right)}. `
        : ''}
      {again}
    </>
  );
}

/** How the network reads the first example. */
function readingOf({ computed, examples: { dataset, indices } }: Iteration) {
  const { rows, cols, data } = computed.A.at(-1)!;
  const shares = Array.from({ length: rows }, (_, i) => data[i * cols]!);
  const best = shares.indexOf(Math.max(...shares));
  const label = dataset.label(indices[0]!);
  return {
    label: dataset.classNames[label] ?? String(label),
    answer: dataset.classNames[best] ?? String(best),
    share: shares[best]!,
    right: shares[label]!,
  };
}

function article(name: string): string {
  return withArticle(name).split(' ')[0]!;
}

function timesInWords(count: number): string {
  if (count === 1) return 'once more';
  return `${WORDS[count] ?? count} ${reached.value === 0 ? '' : 'more '}times`;
}
