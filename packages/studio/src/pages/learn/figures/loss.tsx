import { formatNumber } from '@longhand/core/explain';
import { useEffect, useState } from 'preact/hooks';
import { Digit } from '../../../components/digit.js';
import { fixed } from '../../../number-text.js';
import { drawing } from '../../../state/drawing.js';
import { probability, withArticle } from '../../../text.js';
import { DigitChoice } from './digit-choice.js';
import { Plot } from './plot.js';
import { answerOf, isUnnamed, openModel, reading, readSeveral, shown } from './reading.js';
import { Slider } from './slider.js';
import './loss.css';

/** −log p for p from almost 0 to 1. */
const CURVE = Array.from({ length: 200 }, (_, k) => {
  const p = 0.005 + (k / 199) * 0.995;
  return [p, -Math.log(p)] as const;
});

function Price() {
  const now = reading.value;
  const [moved, setMoved] = useState<number | undefined>(undefined);
  useEffect(() => setMoved(undefined), [shown.value, drawing.value]);
  if (!now) return <Waiting />;
  const { label, answer, probabilities } = answerOf(now);
  const read = probabilities[label]!;
  const p = moved ?? read;
  const loss = -Math.log(p);
  return (
    <div class="loss-figure">
      <DigitChoice />
      {isUnnamed.value && (
        <label class="unit-choice">
          You drew{' '}
          <select
            value={drawing.value?.label ?? ''}
            onChange={({ currentTarget }) => {
              drawing.value = { pixels: drawing.peek()!.pixels, label: Number(currentTarget.value) };
            }}
          >
            <option value="">which digit?</option>
            {Array.from({ length: 10 }, (_, k) => (
              <option key={k} value={k}>
                {k}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="told">
        This is {withArticle(label)}, read as{' '}
        <b class={answer === label ? 'green' : 'red'}>{withArticle(answer)}</b>.
        {moved === undefined ? ' The network gives' : ' Suppose it gave'} the right class{' '}
        <b>{probability(p)}</b>.
      </p>
      <Plot
        label={`The loss, minus log p, over the probability p of the right class. At p = ${formatNumber(p, 3)} it is ${formatNumber(loss, 3)} nats.`}
        x={[0, 1]}
        y={[0, 5]}
        xName="p, the probability of the right class"
        yName="loss, −log p"
        curves={[{ points: CURVE }]}
        dot={[p, loss]}
        decimals={2}
      />
      <Slider
        symbol="p"
        name="probability of the right class"
        least={0.001}
        most={1}
        step={0.001}
        value={p}
        write={(value) => fixed(value, 3)}
        onMove={setMoved}
      />
      <p class="figures result">
        loss = −log {fixed(p, 3)} = <b>{fixed(loss, 3)}</b>
      </p>
    </div>
  );
}

/** Digits whose losses are averaged. */
const M = 4;

function Mean() {
  const [first, setFirst] = useState(168);
  useEffect(openModel, []);
  const now = readSeveral(first, M);
  if (!now) return <Waiting />;
  const { computed, examples, network, Y, loss } = now;
  const losses = network.output.losses(computed.Z.at(-1)!, Y);
  const { data, cols } = computed.A.at(-1)!;
  return (
    <div class="loss-figure">
      <ul class="several figures" aria-label="Four digits and their losses">
        {[...losses].map((one, k) => {
          const label = examples.dataset.label(examples.indices[k]!);
          return (
            <li key={k}>
              <Digit pixels={examples.dataset.pixels(examples.indices[k]!)} label={withArticle(label)} />
              <span>p = {fixed(data[label * cols + k]!, 3)}</span>
              <span>
                loss <b>{fixed(one, 3)}</b>
              </span>
            </li>
          );
        })}
      </ul>
      <p class="figures result">
        J = ({[...losses].map((one) => fixed(one, 3)).join(' + ')}) ÷ {M} = <b>{fixed(loss, 3)}</b>
      </p>
      <div class="buttons">
        <button type="button" onClick={() => setFirst(first + M)}>
          Four other digits
        </button>
      </div>
    </div>
  );
}

function Waiting() {
  return (
    <div class="loss-figure">
      <DigitChoice />
      <p class="faint">Loading the network …</p>
    </div>
  );
}

export const figures = { price: Price, mean: Mean };
