import type { ReliabilityBin } from '@longhand/core/evaluation';
import { useRef } from 'preact/hooks';
import { Term } from '../../components/term.js';
import { saveSvg } from '../../files/save.js';
import { count, percent } from '../../text.js';
import { choose } from './choices.js';
import { view } from './examine-state.js';
import { NO_FILTER } from './filter.js';
import { showGallery } from './show-gallery.js';

/** In units of the drawing: the side of the square with the curve, and the space around it. */
const SIDE = 300;
const LEFT = 56;
const TOP = 20;
/** Height of the histogram below, and the space between. */
const HISTOGRAM = 60;
const GAP = 20;
const FOOT = 46;
/** The accuracy of fewer digits than this says little. */
const FEW = 20;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const x = (share: number) => LEFT + SIDE * share;
const y = (share: number) => TOP + SIDE * (1 - share);

/** The reliability curve and the expected calibration error: whether confidence equals accuracy. */
export function Reliability() {
  const drawing = useRef<SVGSVGElement>(null);
  const answers = view.value?.answers;
  const bins = answers?.calibration.bins ?? [];
  return (
    <section class="reliability" data-part="calibration" aria-labelledby="reliability-title">
      <div class="heading">
        <h2 id="reliability-title">
          <Term name="calibration">calibration</Term>: is it as often right as it is sure?
        </h2>
        <button
          type="button"
          disabled={!answers}
          onClick={() => saveSvg('longhand-calibration.svg', drawing.current!)}
        >
          Save as SVG
        </button>
      </div>
      <div class="both">
        <svg
          ref={drawing}
          viewBox={`0 0 ${LEFT + SIDE + 20} ${TOP + SIDE + GAP + HISTOGRAM + FOOT}`}
          role="img"
          aria-label="Reliability curve: accuracy over confidence"
        >
          <Axes />
          {answers && <Curve bins={bins} />}
        </svg>
        <div class="words">
          <p>
            <span class="error figures">{answers ? percent(answers.calibration.error) : '–'}</span>
            <span class="faint">expected calibration error</span>
          </p>
          <p>{answers ? sentence(bins) : ''}</p>
          <p class="faint note">
            The <Term name="confidence">confidence</Term> is the probability of the answer. Digits with a
            similar confidence are one point. On the diagonal, the network is right as often as its confidence
            says; below it, the network is too sure. A hollow point stands for fewer than {FEW} digits. The
            error is the mean distance from the diagonal, weighted by the number of digits.
          </p>
          <details>
            <summary>Show as a table</summary>
            <BinTable bins={bins} />
          </details>
        </div>
      </div>
    </section>
  );
}

/** The curve in a sentence, for the bin below 90% that has the most digits. */
function sentence(bins: readonly ReliabilityBin[]): string {
  const inner = bins.slice(0, -1).filter(({ examples }) => examples > 0);
  if (inner.length === 0) return 'Its confidence was above 90% for every answer.';
  const { confidence, accuracy, examples } = inner.reduce((a, b) => (b.examples > a.examples ? b : a));
  return `Where its confidence was about ${percent(confidence!, 0)}, ${percent(accuracy!, 0)} of its answers were right (${count(examples)} digits).`;
}

function Axes() {
  return (
    <g class="axes">
      {TICKS.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
          <line class="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
            {percent(tick, 0)}
          </text>
          <text x={x(tick)} y={TOP + SIDE + GAP + HISTOGRAM + 16} text-anchor="middle">
            {percent(tick, 0)}
          </text>
        </g>
      ))}
      <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      <line class="base" x1={x(0)} x2={x(1)} y1={y(0) + GAP + HISTOGRAM} y2={y(0) + GAP + HISTOGRAM} />
      <text class="title" x={x(0.5)} y={TOP + SIDE + GAP + HISTOGRAM + 38} text-anchor="middle">
        {' '}
        confidence{' '}
      </text>
      <text class="title" x={x(0.03)} y={y(0.93)}>
        {' '}
        accuracy{' '}
      </text>
      <text class="title" x={x(0.03)} y={y(0) + GAP + 14}>
        digits
      </text>
    </g>
  );
}

function Curve({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const filled = bins.filter(({ examples }) => examples > 0);
  const most = Math.max(1, ...bins.map(({ examples }) => examples));
  const foot = y(0) + GAP + HISTOGRAM;
  const points = filled.map(({ confidence, accuracy }) => `${x(confidence!)},${y(accuracy!)}`);
  return (
    <g>
      {bins.map(({ from, to, examples }) => {
        // The square root makes the few digits in the middle visible beside the many at the end.
        const height = HISTOGRAM * Math.sqrt(examples / most);
        return (
          <rect
            key={from}
            class="column"
            x={x(from) + 2}
            y={foot - height}
            width={SIDE * (to - from) - 4}
            height={height}
          />
        );
      })}
      {filled.map(({ from, confidence, accuracy }) => (
        <line
          key={from}
          class="distance"
          x1={x(confidence!)}
          x2={x(confidence!)}
          y1={y(confidence!)}
          y2={y(accuracy!)}
        />
      ))}
      <polyline class="curve" points={points.join(' ')} />
      {filled.map(({ from, confidence, accuracy, examples }) => (
        <circle
          key={from}
          class={`point ${examples < FEW ? 'few' : ''}`}
          cx={x(confidence!)}
          cy={y(accuracy!)}
          r="4.5"
        />
      ))}
    </g>
  );
}

function BinTable({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  return (
    <table class="bins figures">
      <thead>
        <tr>
          <th scope="col">confidence</th>
          <th scope="col">digits</th>
          <th scope="col">accuracy</th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ from, to, examples, accuracy }) => {
          const range = `${percent(from, 0)} to ${percent(to, 0)}`;
          return (
            <tr key={from}>
              <th scope="row">
                <button
                  type="button"
                  class="quiet"
                  disabled={examples === 0}
                  aria-label={`Show the digits with a confidence of ${range}`}
                  onClick={() => {
                    choose({ ...NO_FILTER, from: Math.round(100 * from), to: Math.round(100 * to) });
                    showGallery();
                  }}
                >
                  {range}
                </button>
              </th>
              <td>{count(examples)}</td>
              <td>{accuracy === undefined ? '–' : percent(accuracy)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
