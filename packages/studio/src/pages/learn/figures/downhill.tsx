import { formatNumber } from '@longhand/core/explain';
import { addColumn, matrix, multiply } from '@longhand/core/maths';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Iteration } from '../../../computations/cycle.js';
import { fixed } from '../../../number-text.js';
import { Plot } from './plot.js';
import { openModel, readSeveral } from './reading.js';
import { Slider } from './slider.js';
import './downhill.css';

/** The digits that the loss is the mean of: this one, a 4 that is read as a 9, and 15 more. */
const [FIRST, M] = [169, 16];
/** How far the walk leads to either side. */
const REACH = 1.5;
const POINTS = 90;
/** Learning rates to choose from. For a single weight they are larger than for all of them. */
const RATES = [0.1, 0.5, 2, 10, 40] as const;
/** The weight and its slope are rounded to so many places before they are used: the sum comes out as it is shown. */
const [PLACES, SLOPE_PLACES] = [3, 4] as const;

/** The loss as a function of a single weight of the second layer, all others fixed. */
interface Walk {
  /** Which weight: from a hidden unit to an output. */
  readonly output: number;
  readonly hidden: number;
  readonly start: number;
  readonly lossAt: (w: number) => number;
  /** The gradient of this weight, by backward propagation. */
  readonly slopeAt: (w: number) => number;
}

function walkOf({ network, computed, gradients, Y, m }: Iteration): Walk {
  const { W, b } = network.layers[1]!;
  const A1 = computed.A[1]!;
  // The weight with the largest gradient: there is most to see.
  const { data } = gradients[1]!.dW;
  const place = data.reduce((most, value, k) => (Math.abs(value) > Math.abs(data[most]!) ? k : most), 0);
  const [output, hidden] = [Math.floor(place / W.cols), place % W.cols];
  const sumsAt = (w: number) => {
    const moved = Float64Array.from(W.data);
    moved[place] = w;
    return addColumn(multiply(matrix(W.rows, W.cols, moved), A1), b);
  };
  return {
    output,
    hidden,
    start: W.data[place]!,
    lossAt(w) {
      return network.output.losses(sumsAt(w), Y).reduce((sum, loss) => sum + loss, 0) / m;
    },
    slopeAt(w) {
      const dZ = network.output.delta(network.output.activate(sumsAt(w)), Y);
      let sum = 0;
      for (let j = 0; j < m; j++) sum += dZ.data[output * m + j]! * A1.data[hidden * m + j]!;
      return sum / m;
    },
  };
}

function useWalk(): Walk | undefined {
  useEffect(openModel, []);
  const now = readSeveral(FIRST, M);
  return useMemo(() => now && walkOf(now), [now?.network]);
}

function Hill() {
  const walk = useWalk();
  const [at, setAt] = useState<number | undefined>(undefined);
  const [rate, setRate] = useState<number>(RATES[0]);
  const [trail, setTrail] = useState<readonly number[]>([]);
  if (!walk) return <Waiting />;
  const w = at ?? rounded(walk.start, PLACES);
  const [loss, slope] = [walk.lossAt(w), rounded(walk.slopeAt(w), SLOPE_PLACES)];
  const next = rounded(w - rate * slope, PLACES);
  const middle = Math.round(walk.start);
  const [from, to] = [middle - REACH, middle + REACH];
  const isOutside = w < from || w > to;
  const curve = Array.from({ length: POINTS + 1 }, (_, k) => {
    const x = from + (k / POINTS) * (to - from);
    return [x, walk.lossAt(x)] as const;
  });
  const heights = curve.map(([, y]) => y);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const room = 0.08 * (high - low);
  const steps = [...trail, w].map((x) => [x, walk.lossAt(x)] as const);
  const last = steps.at(-2);
  const isHigher = last !== undefined && loss > last[1];
  const half = 0.35;
  return (
    <div class="downhill">
      <Plot
        label={`The loss over one weight. At w = ${formatNumber(w, 3)} the loss is ${formatNumber(loss, 4)} and the slope ${formatNumber(slope, 3)}.`}
        x={[from, to]}
        y={[low - room, high + room]}
        xName={`w, from hidden unit ${walk.hidden} to output ${walk.output}`}
        yName="loss J of 16 digits"
        decimals={2}
        curves={[
          { points: curve },
          {
            points: [
              [w - half, loss - half * slope],
              [w + half, loss + half * slope],
            ],
            look: 'slope',
          },
          { points: steps, look: 'trail' },
        ]}
        dot={[w, loss]}
      />
      <Slider
        symbol="w"
        name="the weight"
        least={from}
        most={to}
        step={0.01}
        value={Math.max(from, Math.min(to, w))}
        write={(value) => fixed(value, 2)}
        onMove={(value) => {
          setTrail([]);
          setAt(value);
        }}
      />
      <p class="figures told">
        loss <b>{fixed(loss, 4)}</b> · slope <b class="slope-text">{fixed(slope, 4)}</b>
        <br />
        next w = {fixed(w, PLACES)} − {rate} · {slope < 0 ? `(${fixed(slope, 4)})` : fixed(slope, 4)} ={' '}
        <b>{fixed(next, PLACES)}</b>
      </p>
      <div class="buttons">
        <button
          type="button"
          class="main"
          onClick={() => {
            setTrail([...trail, w].slice(-40));
            setAt(next);
          }}
        >
          Step downhill
        </button>
        <label>
          α{' '}
          <select value={rate} onChange={({ currentTarget }) => setRate(Number(currentTarget.value))}>
            {RATES.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          onClick={() => {
            setTrail([]);
            setAt(undefined);
          }}
        >
          Start again
        </button>
      </div>
      <p role="status" class={isHigher ? 'red' : ''}>
        {isOutside && `w = ${fixed(w, PLACES)} lies outside the picture. `}
        {trail.length === 0
          ? 'Walk by hand with the slider, or let the slope lead you.'
          : isHigher
            ? 'The loss grew: the step was too large, and you landed higher on the other side.'
            : `After ${trail.length} ${trail.length === 1 ? 'step' : 'steps'} the loss is ${fixed(loss, 4)}.`}
      </p>
    </div>
  );
}

function rounded(value: number, places: number): number {
  return Number(value.toFixed(places));
}

function Waiting() {
  return (
    <div class="downhill waiting-walk">
      <p class="faint">Loading the network …</p>
    </div>
  );
}

const NUDGES = [1, 0.1, 0.01, 0.0001] as const;

function Nudge() {
  const walk = useWalk();
  const [nudge, setNudge] = useState<number>(1);
  if (!walk) return <Waiting />;
  const { lossAt, slopeAt } = walk;
  // The weight of the figure above.
  const start = rounded(walk.start, PLACES);
  const [before, after] = [lossAt(start - nudge), lossAt(start + nudge)];
  const measured = (after - before) / (2 * nudge);
  const exact = slopeAt(start);
  const isClose = Math.abs(measured - exact) < 1e-3 * Math.abs(exact);
  return (
    <div class="downhill">
      <fieldset class="nudges">
        <legend>Change w by h =</legend>
        {NUDGES.map((each) => (
          <button key={each} type="button" aria-pressed={each === nudge} onClick={() => setNudge(each)}>
            {each}
          </button>
        ))}
      </fieldset>
      <dl class="figures measured">
        <dt>loss at w − h</dt>
        <dd>{before.toFixed(7)}</dd>
        <dt>loss at w + h</dt>
        <dd>{after.toFixed(7)}</dd>
        <dt>difference ÷ 2h</dt>
        <dd>
          <b>{fixed(measured, 5)}</b>
        </dd>
        <dt>gradient, computed</dt>
        <dd>
          <b class="slope-text">{fixed(exact, 5)}</b>
        </dd>
      </dl>
      <p role="status" class={isClose ? 'green' : ''}>
        {isClose ? <b class="pen">✓ They agree.</b> : 'Not the same yet: choose a smaller h.'}
      </p>
    </div>
  );
}

export const figures = { hill: Hill, nudge: Nudge };
