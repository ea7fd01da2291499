import { Digit } from '../../components/digit.js';
import { count, probability } from '../../text.js';
import { choose } from './choices.js';
import { view } from './examine-state.js';
import { NO_FILTER } from './filter.js';
import { select } from './select.js';
import { showGallery } from './show-gallery.js';

const SHOWN = 10;

/** The mistakes with the highest confidence. */
export function WorstMistakes() {
  const now = view.value;
  const answers = now?.answers;
  const wrong = answers ? select(answers, { ...NO_FILTER, verdict: 'wrong' }, 'surest') : new Uint32Array();
  const { dataset } = now ?? {};
  return (
    <section class="mistakes" data-part="mistakes" aria-labelledby="mistakes-title">
      <div class="heading">
        <h2 id="mistakes-title">mistakes with the highest confidence</h2>
        <button
          type="button"
          disabled={wrong.length === 0}
          onClick={() => {
            choose({ ...NO_FILTER, verdict: 'wrong', order: 'surest' });
            showGallery();
          }}
        >
          {answers ? `Show all ${count(wrong.length)}` : 'Show all'}
        </button>
      </div>
      <ol>
        {Array.from({ length: SHOWN }, (_, k) => {
          const index = wrong[k];
          if (!now || !answers || !dataset || index === undefined) return <li key={k} class="waiting" />;
          const label = dataset.classNames[answers.labels[index]!];
          const answer = dataset.classNames[answers.answers[index]!];
          return (
            <li key={k}>
              <button
                type="button"
                class="mistake"
                onClick={() =>
                  choose({ ...NO_FILTER, verdict: 'wrong', order: 'surest', digit: { set: now.set, index } })
                }
              >
                <Digit pixels={dataset.pixels(index)} width={dataset.width} height={dataset.height} />
                <span class="pen">
                  <span class="hidden">
                    {now.set} {index}:{' '}
                  </span>
                  <span class="green">{label}</span>
                  <span class="hidden">, read as </span>
                  <span class="faint" aria-hidden="true">
                    {' → '}
                  </span>
                  <span class="red">{answer}</span>
                </span>
                <span class="figures faint">{probability(answers.confidences[index]!)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
