import { useState } from 'preact/hooks';
import { percent } from '../../../text.js';
import { Figure } from './figure.js';
import { MEASURED } from './measured.js';
import { ShareBar } from './share-bar.js';

const RUNS = [
  { name: 'board', title: 'the board’s settings', said: 'Plain gradient descent, 500 iterations.' },
  {
    name: 'board, trained well',
    title: 'trained well',
    said: 'Better training, and weights that are kept small.',
  },
  {
    name: 'board, learnt by heart',
    title: 'learned by heart',
    said: 'Trained on 41,000 digits until hardly a mistake was left.',
  },
] as const;
/** A difference between sets that says nothing, 0–1. */
const LITTLE = 0.01;
const SETS = ['train', 'dev', 'test'] as const;
const NAMES = { train: 'training', dev: 'dev', test: 'test' } as const;

/** Training, dev and test accuracy of ten hidden units, trained in three ways. Five runs each. */
export function MeasuredRuns() {
  const [chosen, choose] = useState(0);
  const run = RUNS[chosen]!;
  const measured = MEASURED.find(({ name }) => name === run.name)!;
  const lost = measured.train.mean - measured.test.mean;
  return (
    <Figure>
      <fieldset>
        <legend>Ten hidden units, trained in three ways</legend>
        {RUNS.map(({ name, title }, k) => (
          <label key={name}>
            <input type="radio" name="measured-run" checked={k === chosen} onChange={() => choose(k)} />{' '}
            {title}
          </label>
        ))}
      </fieldset>
      <table class="learn-numbers">
        <thead>
          <tr>
            <th scope="col" class="name">
              set
            </th>
            <th scope="col">right answers</th>
            <th scope="col">spread of five runs</th>
          </tr>
        </thead>
        <tbody>
          {SETS.map((set) => (
            <tr key={set}>
              <th scope="row" class="name">
                {NAMES[set]}
              </th>
              <td>
                <ShareBar share={measured[set].mean} kind={set === 'train' ? 'training' : set} />
              </td>
              <td>± {percent(measured[set].standardDeviation, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {run.said} From training to test, the accuracy {lost < 0 ? 'rises' : 'falls'} by{' '}
        <strong>{(100 * Math.abs(lost)).toFixed(1)} points</strong>
        {Math.abs(lost) < LITTLE ? ': so little that nothing was learned by heart.' : '.'}
      </p>
    </Figure>
  );
}
