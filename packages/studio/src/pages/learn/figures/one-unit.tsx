import { formatNumber } from '@longhand/core/explain';
import { matrix } from '@longhand/core/maths';
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { linearAxis } from '../../../components/axis.js';
import { Curve } from '../../../components/curve.js';
import { everyFrame } from '../../../components/every-frame.js';
import { UnitDrawing } from '../../../components/unit-drawing.js';
import {
  linesOf,
  parametersOf,
  startUnit,
  stateOf,
  trainUnit,
  UNIT_ITERATIONS,
  type UnitState,
} from '../../../computations/single-unit.js';
import { fixed, lossText } from '../../../number-text.js';
import { announce } from '../../../state/notifications.js';
import { count } from '../../../text.js';
import { Slider } from './slider.js';
import './one-unit.css';

const SYMBOLS = ['w₁', 'w₂', 'w₃', 'b'] as const;
/** The question of each input. */
const ASKED = ['smokes', 'overweight', 'exercises'];
/** How long all iterations take, in ms: slow enough to follow. */
const RUN_MS = 6000;

/** The unit of both figures: what was found by hand is where learning begins. */
const unit = signal<UnitState>(stateWith([1, -1, 0.5, 0]));

function stateWith([w1, w2, w3, b]: readonly number[]): UnitState {
  const { network } = startUnit({ seed: 1, hasBias: true });
  const W = matrix(1, 3, [w1!, w2!, w3!]);
  return stateOf({ ...network, layers: [{ ...network.layers[0]!, W, b: matrix(1, 1, [b!]) }] });
}

function ByHand() {
  const [person, setPerson] = useState(0);
  const { network } = unit.value;
  const parameters = parametersOf(network, true);
  const lines = linesOf(network);
  const taught = lines.filter(({ y }) => y !== undefined);
  const right = taught.filter(({ y, a }) => a > 0.5 === (y === 1)).length;

  function move(k: number, value: number): void {
    unit.value = stateWith(parameters.map((each, i) => (i === k ? value : each.value)));
  }

  return (
    <div class="one-unit">
      <UnitDrawing parameters={parameters} line={lines[person]!} />
      <div class="sliders">
        {parameters.map(({ value }, k) => (
          <Slider
            key={SYMBOLS[k]}
            symbol={SYMBOLS[k]!}
            name={k < 3 ? `weight of “${ASKED[k]}”` : 'bias'}
            least={-10}
            most={10}
            step={0.1}
            value={value}
            onMove={(moved) => move(k, moved)}
          />
        ))}
      </div>
      <table class="truth figures">
        <caption class="hidden">
          The five people, what they answered, who became ill, and the unit’s answer a. Choose a person to see
          the sum.
        </caption>
        <thead>
          <tr>
            <th scope="col">person</th>
            {ASKED.map((asked, i) => (
              <th key={asked} scope="col">
                x{'₁₂₃'[i]}
                <span class="asked-for">{asked}</span>
              </th>
            ))}
            <th scope="col">
              y<span class="asked-for">ill</span>
            </th>
            <th scope="col">z</th>
            <th scope="col">a</th>
            <th scope="col">
              <span class="hidden">mark</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {taught.map(({ x, y, z, a }, place) => {
            const isRight = a > 0.5 === (y === 1);
            return (
              <tr key={x.join('')} class={place === person ? 'lit' : ''}>
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name="learn-person"
                      checked={place === person}
                      onChange={() => setPerson(place)}
                    />
                    {place + 1}
                  </label>
                </th>
                {x.map((value, i) => (
                  <td key={ASKED[i]}>{value}</td>
                ))}
                <td>
                  <b>{y}</b>
                </td>
                <td>{fixed(z, 1)}</td>
                <td>{fixed(a, 2)}</td>
                <td class={`pen ${isRight ? 'green' : 'red'}`}>
                  {isRight ? '✓' : '✗'}
                  <span class="hidden">{isRight ? ' right' : ' wrong'}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class={`found ${right === taught.length ? 'green' : ''}`} role="status">
        {right === taught.length ? (
          <b class="pen">
            ✓ All five rows are right.{' '}
            {unit.value.iteration === 0
              ? 'You have trained a unit by hand.'
              : 'The unit has found these weights by itself.'}
          </b>
        ) : (
          <>{right} of 5 rows are right: an answer above 0.5 counts as yes.</>
        )}
      </p>
    </div>
  );
}

function Learning() {
  const [isRunning, setRunning] = useState(false);
  const { network, iteration, points } = unit.value;
  const isDone = iteration >= UNIT_ITERATIONS;
  useEffect(() => {
    if (!isRunning) return;
    return everyFrame(
      (due) => {
        unit.value = trainUnit(unit.peek(), true, due);
      },
      UNIT_ITERATIONS,
      RUN_MS,
    );
  }, [isRunning]);
  useEffect(() => {
    if (isRunning && isDone) {
      setRunning(false);
      announce(`The unit has learned: its loss is ${lossText(points.at(-1)!.loss)}.`);
    }
  }, [isDone]);
  const losses = points.map(({ loss }) => loss);
  return (
    <div class="one-unit">
      <div class="buttons">
        <button type="button" class="main" disabled={isDone} onClick={() => setRunning(!isRunning)}>
          {isRunning ? 'Stop' : 'Let it learn'}
        </button>
        <button
          type="button"
          disabled={isRunning || isDone}
          onClick={() => {
            unit.value = trainUnit(unit.peek(), true, 1);
          }}
        >
          One step
        </button>
        <button
          type="button"
          onClick={() => {
            setRunning(false);
            unit.value = stateWith([1, -1, 0.5, 0]);
          }}
        >
          Start again
        </button>
      </div>
      <Curve
        title="loss: how wrong it is"
        points={points}
        value={({ loss }) => loss}
        axis={linearAxis(losses, 0.8)}
        iterations={UNIT_ITERATIONS}
        figure={lossText(losses.at(-1)!)}
      />
      <p class="figures now">
        {parametersOf(network, true).map(({ value }, k) => (
          <span key={SYMBOLS[k]}>
            {SYMBOLS[k]} = <b>{formatNumber(value, 3)}</b>
          </span>
        ))}
      </p>
      <p class="faint">
        After {count(iteration)} of {count(UNIT_ITERATIONS)} steps. It begins with the weights of the figure
        above, which move with it.
      </p>
    </div>
  );
}

export const figures = { 'by-hand': ByHand, learning: Learning };
