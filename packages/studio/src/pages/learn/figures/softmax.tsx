import { formatNumber } from '@longhand/core/explain';
import { matrix, softmax } from '@longhand/core/maths';
import { useEffect, useState } from 'preact/hooks';
import { fixed } from '../../../number-text.js';
import { probability } from '../../../text.js';
import { DigitChoice } from './digit-choice.js';
import { reading } from './reading.js';
import { Slider } from './slider.js';
import './softmax.css';

/** The ten scores of the shown digit. */
function scoresShown(): readonly number[] | undefined {
  return reading.value && [...reading.value.computed.Z[1]!.data];
}

function Scores() {
  const own = scoresShown();
  const [moved, setMoved] = useState<readonly number[] | undefined>(undefined);
  const [added, setAdded] = useState(0);
  useEffect(() => {
    setMoved(undefined);
    setAdded(0);
  }, [own?.join()]);
  const base = moved ?? own;
  if (!base) return <Waiting />;
  const scores = base.map((score) => score + added);
  const { data: shares } = softmax(matrix(10, 1, scores));
  const answer = shares.indexOf(Math.max(...shares));
  return (
    <div class="softmax-figure">
      <DigitChoice />
      <ol class="scores" start={0} aria-label="Scores and probabilities">
        {scores.map((score, k) => (
          <li key={k} class={k === answer ? 'answer' : ''}>
            <Slider
              symbol={String(k)}
              name={`score of class ${k}`}
              least={-15 + added}
              most={15 + added}
              step={0.1}
              value={score}
              onMove={(value) => setMoved(base.map((each, i) => (i === k ? value - added : each)))}
            />
            <span class="track" aria-hidden="true">
              <span class="bar" style={{ width: `${100 * shares[k]!}%` }} />
            </span>
            <span class="figures share">{probability(shares[k]!)}</span>
          </li>
        ))}
      </ol>
      <p class="figures">
        sum of the probabilities:{' '}
        <b>
          {fixed(
            shares.reduce((sum, share) => sum + share, 0),
            3,
          )}
        </b>
      </p>
      <div class="buttons">
        <button type="button" onClick={() => setAdded(added + 100)}>
          Add 100 to every score
        </button>
        <button
          type="button"
          onClick={() => {
            setMoved(undefined);
            setAdded(0);
          }}
        >
          Back to this digit
        </button>
      </div>
    </div>
  );
}

/** What JavaScript and NumPy write when a number is too large. */
function written(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? formatNumber(value, 5) : '∞';
}

function Shift() {
  const [added, setAdded] = useState(0);
  const own = scoresShown();
  if (!own) return <Waiting />;
  const scores = own.map((score) => score + added);
  const most = Math.max(...scores);
  const best = scores.indexOf(most);
  const plain = scores.map((score) => Math.exp(score));
  const total = plain.reduce((sum, value) => sum + value, 0);
  const shifted = softmax(matrix(10, 1, scores)).data[best]!;
  const rows = [
    ['largest score z', fixed(most, 4), fixed(most, 4)],
    ['after the shift', '–', '0'],
    ['exp of it', written(plain[best]!), '1'],
    [
      'sum of all ten',
      written(total),
      written(scores.reduce((sum, score) => sum + Math.exp(score - most), 0)),
    ],
    ['probability', written(plain[best]! / total), written(shifted)],
  ] as const;
  return (
    <div class="softmax-figure">
      <Slider
        symbol="+"
        name="added to every score"
        least={0}
        most={1000}
        step={10}
        value={added}
        write={String}
        onMove={setAdded}
      />
      <table class="figures shift">
        <caption class="hidden">
          Softmax without and with the shift, when {added} is added to every score
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">without the shift</th>
            <th scope="col">with it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, without, withIt]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class={/NaN|∞/.test(without) ? 'red' : ''}>{without}</td>
              <td>{withIt}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {Number.isNaN(plain[best]! / total)
          ? 'Infinity divided by infinity has no value: the computer writes NaN, “not a number”. The network is broken.'
          : 'Move the slider to the right, until the left column breaks.'}
      </p>
    </div>
  );
}

function Waiting() {
  return (
    <div class="softmax-figure">
      <DigitChoice />
      <p class="faint">Loading the network …</p>
    </div>
  );
}

export const figures = { scores: Scores, shift: Shift };
