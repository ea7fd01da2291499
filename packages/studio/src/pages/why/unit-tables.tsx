import { formatNumber } from '@longhand/core/explain';
import { type Line, type ParameterLine, UNIT_ALPHA } from '../../computations/single-unit.js';
import { fixed } from '../../number-text.js';
import { changeQuery } from '../../state/location.js';

/** z, a and the loss of one person, as you would write them by hand. */
export function UnitLonghand({ line, parameters }: { line: Line; parameters: readonly ParameterLine[] }) {
  const products = line.x.map((x, i) => `${formatNumber(parameters[i]!.value, 3)}·${x}`);
  const bias = parameters[3];
  const terms = bias ? [...products, formatNumber(bias.value, 3)] : products;
  const symbols = ['w₁·x₁', 'w₂·x₂', 'w₃·x₃', ...(bias ? ['b'] : [])];
  return (
    <dl class="unit-longhand figures">
      <dt>z</dt>
      <dd>= {symbols.join(' + ')}</dd>
      <dt aria-hidden="true" />
      <dd>
        = {terms.map((term) => (term.startsWith('−') ? `(${term})` : term)).join(' + ')} ={' '}
        <b>{formatNumber(line.z, 4)}</b>
      </dd>
      <dt>a</dt>
      <dd>
        = 1 ÷ (1 + e⁻ᶻ) = 1 ÷ (1 + {formatNumber(Math.exp(-line.z), 4)}) = <b>{formatNumber(line.a, 4)}</b>
      </dd>
      <dt>ℓ</dt>
      <dd>
        {line.y === undefined
          ? 'not in the training table, so no answer is given as right'
          : `= −log ${line.y === 1 ? 'a' : '(1 − a)'} = ${formatNumber(line.loss!, 4)}, dz = a − y = ${formatNumber(line.dz!, 4)}`}
      </dd>
    </dl>
  );
}

/** All persons, with their inputs, the right answer and what the unit computes. */
export function TruthTable({ lines, person }: { lines: readonly Line[]; person: number }) {
  return (
    <table class="truth figures">
      <caption class="hidden">
        Inputs, the right answers y and the unit’s answers a. Choose a person to see the sum written out.
      </caption>
      <thead>
        <tr>
          <th scope="col">person</th>
          <th scope="col">x₁</th>
          <th scope="col">x₂</th>
          <th scope="col">x₃</th>
          <th scope="col">y</th>
          <th scope="col">z</th>
          <th scope="col">a</th>
          <th scope="col">dz</th>
          <th scope="col">loss ℓ</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ x, y, z, a, dz, loss }, place) => (
          <tr key={x.join('')} class={`${place === person ? 'lit' : ''} ${y === undefined ? 'asked' : ''}`}>
            <th scope="row">
              <label>
                <input
                  type="radio"
                  name="person"
                  checked={place === person}
                  onChange={() => changeQuery({ person: place === 0 ? undefined : place + 1 })}
                />
                <span class="hidden">person </span>
                {place + 1}
              </label>
            </th>
            <td>{x[0]}</td>
            <td>{x[1]}</td>
            <td>{x[2]}</td>
            <td>{y ?? '?'}</td>
            <td>{fixed(z)}</td>
            <td class={y === undefined ? '' : a > 0.5 === (y === 1) ? 'green' : 'red'}>{fixed(a)}</td>
            <td class={dz === undefined ? '' : signOf(dz)}>{dz === undefined ? '–' : fixed(dz)}</td>
            <td>{loss === undefined ? '–' : fixed(loss)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All parameters, with their gradients and their values after the next update. */
export function ParameterTable({ parameters }: { parameters: readonly ParameterLine[] }) {
  return (
    <table class="truth figures">
      <caption class="hidden">Parameters, their gradients, and the next update</caption>
      <thead>
        <tr>
          <th scope="col">parameter</th>
          <th scope="col">now</th>
          <th scope="col">gradient</th>
          <th scope="col">now − {UNIT_ALPHA} · gradient</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ symbol, value, gradient, next }) => (
          <tr key={symbol}>
            <th scope="row">{symbol}</th>
            <td>{fixed(value, 4)}</td>
            <td class={signOf(gradient)}>{fixed(gradient, 4)}</td>
            <td>{fixed(next, 4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The class of a gradient's color. */
function signOf(gradient: number): string {
  return gradient < 0 ? 'negative' : 'positive';
}
