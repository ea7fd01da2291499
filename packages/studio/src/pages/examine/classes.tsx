import type { ClassFigures } from '@longhand/core/evaluation';
import { count, percent, shareOfMany } from '../../text.js';
import type { Answers } from './answers.js';
import { choose } from './choices.js';
import { view } from './examine-state.js';
import { NO_FILTER } from './filter.js';
import { showGallery } from './show-gallery.js';

/** Precision and recall of each class. */
export function ClassTable() {
  const now = view.value;
  const names = now?.dataset.classNames ?? Array.from({ length: 10 }, (_, digit) => String(digit));
  const answers = now?.answers;
  const scale = answers ? lowest(answers.classes) : 0;
  return (
    <section class="classes" aria-labelledby="classes-title">
      <div class="heading">
        <h2 id="classes-title">precision and recall</h2>
      </div>
      <div class="scroll">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">class</th>
              <th scope="col">digits</th>
              <th scope="col" title="of the digits read as this class, the fraction that belong to it">
                precision
              </th>
              <th scope="col" title="of the digits of this class, the fraction that were read as it">
                recall
              </th>
              <th scope="col" title="the harmonic mean of precision and recall">
                F1
              </th>
              <th scope="col">most often misread as</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name, label) => {
              const figures = answers?.classes[label];
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{figures && count(figures.examples)}</td>
                  <Share value={figures?.precision} scale={scale} />
                  <Share value={figures?.recall} scale={scale} />
                  <Share value={figures?.f1} scale={scale} />
                  <td>{answers && <Taken {...{ answers, label, names }} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="faint note">
        Precision: of the digits read as a class, the fraction that belong to it. Recall: of the digits of a
        class, the fraction that were read as it. F1 is their harmonic mean. The bars start at{' '}
        {percent(scale, 0)}.
      </p>
    </section>
  );
}

/**
 * Where the bars start, because good networks differ little: a tenth below the smallest value, or
 * 0.
 */
function lowest(classes: readonly ClassFigures[]): number {
  const all = classes.flatMap(({ precision, recall, f1 }) => [precision, recall, f1]);
  const least = Math.min(1, ...all.filter((share) => share !== undefined));
  return least < 0.5 ? 0 : Math.max(0, Math.floor(10 * least - 0.5) / 10);
}

function Share({ value, scale }: { readonly value: number | undefined; readonly scale: number }) {
  return (
    <td class="share">
      {value !== undefined && (
        <>
          <span class="bar" style={{ width: `${(100 * Math.max(0, value - scale)) / (1 - scale)}%` }} />
          <span class="text">{shareOfMany(value)}</span>
        </>
      )}
    </td>
  );
}

interface TakenProps {
  readonly answers: Answers;
  readonly label: number;
  readonly names: readonly string[];
}

/** The wrong class that this one is most often read as. */
function Taken({ answers, label, names }: TakenProps) {
  const row = answers.confusion[label]!.map((n, answer) => (answer === label ? 0 : n));
  const most = Math.max(...row);
  if (most === 0) return <span class="faint">never wrong</span>;
  const answer = row.indexOf(most);
  return (
    <button
      type="button"
      class="quiet taken"
      onClick={() => {
        choose({ ...NO_FILTER, label, answer });
        showGallery();
      }}
    >
      <span class="pen red">{names[answer]}</span>
      <span class="faint">{most === 1 ? 'once' : `${count(most)} times`}</span>
      <span class="hidden">: show them</span>
    </button>
  );
}
