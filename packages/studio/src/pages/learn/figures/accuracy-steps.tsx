import { useState } from 'preact/hooks';
import { count, percent } from '../../../text.js';
import { Figure } from './figure.js';
import { MEASURED } from './measured.js';

const TEST_DIGITS = 10_000;

const STEPS = [
  {
    name: 'board',
    title: '784-10-10, as on the Board',
    what: 'Plain gradient descent: 500 updates, each from all 59,000 digits.',
  },
  {
    name: 'board, trained well',
    title: 'the same network, trained well',
    what: 'Mini-batches of 128, momentum, a learning rate that falls, weights kept small, and GELU, a softer ReLU.',
  },
  { name: 'quick', title: '784-128-10', what: 'Wider: 128 hidden units, and digits that are bent a little.' },
  {
    name: 'small',
    title: '784-800-10',
    what: 'Wider still. Every digit is turned, shifted and bent in a new way in each epoch.',
  },
  {
    name: 'best',
    title: '784-1024-512-10',
    what: 'Deeper: two hidden layers. Some units are left out at random, and it trains for 150 epochs.',
  },
] as const;

const WIDTH = 400;
const HEIGHT = 190;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 24, 14, 14];
/** Between the axis and the first point. */
const BEFORE = 36;

/** From the board's 85% to 99.5%: the share of wrong answers, on a scale of powers of ten. */
export function AccuracySteps() {
  const [chosen, choose] = useState(0);
  const points = STEPS.map(({ name }, k) => {
    const measured = MEASURED.find((run) => run.name === name)!;
    return {
      ...measured,
      x: LEFT + BEFORE + (k * (WIDTH - LEFT - BEFORE - RIGHT)) / (STEPS.length - 1),
      y: yOf(measured.test.mean),
    };
  });
  const { title, what } = STEPS[chosen]!;
  const { test, seconds } = points[chosen]!;
  return (
    <Figure>
      <svg class="learn-steps" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {[0.9, 0.99, 0.999].map((share) => (
          <g key={share}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={yOf(share)} y2={yOf(share)} />
            <text x={LEFT - 6} y={yOf(share) + 4} class="tick">
              {percent(share, share > 0.99 ? 1 : 0)}
            </text>
          </g>
        ))}
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {points.map(({ name, x, y, test: { mean } }, k) => (
          <g key={name} class={k === chosen ? 'chosen' : ''}>
            <circle cx={x} cy={y} r={k === chosen ? 7 : 5} />
            <text x={x} y={y - 11}>
              {percent(mean)}
            </text>
          </g>
        ))}
      </svg>
      <fieldset class="learn-switches">
        <legend>What was added, step by step</legend>
        {STEPS.map((step, k) => (
          <label key={step.name}>
            <input type="radio" name="accuracy-step" checked={k === chosen} onChange={() => choose(k)} />
            <span>
              {step.title}: <span class="figures">{percent(points[k]!.test.mean, 2)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p role="status">
        <strong>{title}.</strong> {what} It reads {percent(test.mean, 2)} ±{' '}
        {(100 * test.standardDeviation).toFixed(2)} of the test digits right: about{' '}
        {count(Math.round((1 - test.mean) * TEST_DIGITS))} of {count(TEST_DIGITS)} are wrong. A run takes
        about {timeOf(seconds)} on two cores.
      </p>
    </Figure>
  );
}

/** The height of an accuracy: each factor of ten in the share of wrong answers is equally far. */
function yOf(share: number): number {
  const [lowest, highest] = [Math.log10(0.2), Math.log10(0.001)];
  const place = (Math.log10(1 - share) - lowest) / (highest - lowest);
  return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
}

function timeOf(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}
