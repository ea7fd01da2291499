import { type Axis, PERCENT_AXIS } from '../../components/axis.js';
import { Curve } from '../../components/curve.js';
import {
  type ExperimentName,
  type ExperimentSettings,
  ITERATIONS,
  type Point,
} from '../../computations/experiment.js';
import { lossText } from '../../number-text.js';
import { percent, shortHash } from '../../text.js';
import { Result, type Results } from './result.js';
import { lossName, sideTexts } from './side-texts.js';

/** Experiments in which hidden units may die. */
const SHOWS_DEATH: ReadonlySet<ExperimentName> = new Set(['zero-start', 'large-alpha', 'raw-pixels']);

interface HalfProps {
  readonly side: 0 | 1;
  readonly settings: ExperimentSettings;
  readonly points: readonly Point[];
  readonly others?: readonly Point[];
  readonly lossAxis: Axis;
  readonly results: Results;
  readonly hash: string | undefined;
}

/** One of the two networks: its equation, its curves and what it shows. */
export function Half({ side, settings, points, others, lossAxis, results, hash }: HalfProps) {
  const { name, spoken, equation } = sideTexts(settings)[side];
  const last = points.at(-1);
  const other = others ? { others } : {};
  return (
    <section class="half" aria-labelledby={`half-${side}`}>
      <div class="half-head">
        <h3 id={`half-${side}`}>{name}</h3>
        <math aria-label={spoken}>{equation}</math>
      </div>
      <div class="half-curves">
        <Curve
          title={lossName(settings.name)}
          points={points}
          {...other}
          value={({ loss }) => loss}
          axis={lossAxis}
          iterations={ITERATIONS}
          figure={last ? lossText(last.loss) : '–'}
        />
        <Curve
          title="training accuracy"
          points={points}
          {...other}
          value={({ accuracy }) => accuracy}
          axis={PERCENT_AXIS}
          iterations={ITERATIONS}
          figure={last ? percent(last.accuracy) : '–'}
        />
      </div>
      <PointTable name={name} points={points} />
      <Result side={side} results={results} />
      <p class="half-foot">
        <span>
          <span class="pen">hash of the parameters</span>{' '}
          <span class="figures" title={hash ?? ''}>
            {hash ? shortHash(hash) : '–'}
          </span>
        </span>
        {SHOWS_DEATH.has(settings.name) && <span class="crossed">dead: output 0 for every digit</span>}
        {others && <span class="dashes">the left network</span>}
      </p>
    </section>
  );
}

/** The curves as a table, every 20th iteration, for screen readers. */
function PointTable({ name, points }: { name: string; points: readonly Point[] }) {
  return (
    <div class="hidden">
      <table>
        <caption>Curves of the network {name}</caption>
        <thead>
          <tr>
            <th scope="col">iteration</th>
            <th scope="col">loss</th>
            <th scope="col">training accuracy</th>
          </tr>
        </thead>
        <tbody>
          {points
            .filter((point, i) => point.iteration % 20 === 0 || i === points.length - 1)
            .map(({ iteration, loss, accuracy }) => (
              <tr key={iteration}>
                <th scope="row">{iteration}</th>
                <td>{lossText(loss)}</td>
                <td>{percent(accuracy)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
