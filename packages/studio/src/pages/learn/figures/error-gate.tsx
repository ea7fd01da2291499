import { explain, formatNumber, writeSteps } from '@longhand/core/explain';
import { hadamard, map, multiply, transpose } from '@longhand/core/maths';
import { useState } from 'preact/hooks';
import { ColorScale } from '../../../components/color-scale.js';
import { WeightGrid } from '../../../components/weight-grid.js';
import { cycleInputs } from '../../../computations/cycle.js';
import { finiteDifferenceOfSum } from '../../../computations/finite-difference.js';
import { fixed } from '../../../number-text.js';
import { largest } from '../../../theme/colors.js';
import { Figure, Waiting } from './figure.js';
import { SignedBar } from './signed-bar.js';
import { useExample } from './use-example.js';

/** dZ¹ = W²ᵀ dZ² ⊙ ReLU′(Z¹) of one digit, with and without the gate, checked by measured slopes. */
export function ErrorGate() {
  const iteration = useExample();
  const [hasGate, setGate] = useState(true);
  const [unit, choose] = useState(0);
  if (!iteration) return <Waiting />;
  const { network, gradients, computed } = iteration;
  const Z = computed.Z[0]!;
  const sent = multiply(transpose(network.layers[1]!.W), gradients[1]!.dZ);
  const slopes = map(Z, network.layers[0]!.g.derivative);
  const dZ = hasGate ? hadamard(sent, slopes) : sent;
  const scale = largest(sent.data);
  const dW = multiply(dZ, transpose(iteration.X));
  const measured = finiteDifferenceOfSum(iteration, { quantity: 'Z', layer: 1, row: unit, column: 0 });
  const written = writeSteps(
    explain(network, cycleInputs(iteration, 0.1), { quantity: 'dZ', layer: 1, row: unit, column: 0 }),
  );
  const agrees = Math.abs(measured.slope - dZ.data[unit]!) <= 1e-4 * Math.max(1, Math.abs(measured.slope));
  return (
    <Figure
      action={
        <label>
          <input type="checkbox" checked={hasGate} onChange={() => setGate(!hasGate)} /> multiply by ReLU′
        </label>
      }
    >
      <div class="learn-scroll">
        <table class="learn-numbers">
          <thead>
            <tr>
              <th scope="col" class="name">
                unit
              </th>
              <th scope="col">sent back</th>
              <th scope="col">z¹</th>
              <th scope="col">ReLU′</th>
              <th scope="col">dz¹</th>
              <td class="bar" />
            </tr>
          </thead>
          <tbody>
            {[...dZ.data].map((error, k) => (
              <tr key={k} class={k === unit ? 'chosen' : ''}>
                <th scope="row" class="name">
                  <button type="button" class="quiet" aria-pressed={k === unit} onClick={() => choose(k)}>
                    {k}
                  </button>
                </th>
                <td>{fixed(sent.data[k]!)}</td>
                <td>{fixed(Z.data[k]!, 2)}</td>
                <td>{hasGate ? slopes.data[k] : '–'}</td>
                <td>{fixed(error)}</td>
                <td class="bar">
                  <SignedBar value={error} scale={scale} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="learn-longhand">
        {hasGate ? (
          <p>
            {written.name} = {written.steps.join(' = ')}
          </p>
        ) : (
          <p>Without ReLU′, every unit gets what was sent back, even one that was off.</p>
        )}
        <p>
          Check for unit {unit}: measured slope <strong>{formatNumber(measured.slope)}</strong>, dz¹{' '}
          <strong>{formatNumber(dZ.data[unit]!)}</strong>{' '}
          <span class={agrees ? 'green' : 'red'}>{agrees ? '✓ they agree' : '✗ they differ'}</span>
        </p>
      </div>
      <div class="learn-stamps">
        <p class="faint">
          dW¹: each unit’s error times the digit. A unit whose error is 0 gets an empty picture.{' '}
          {emptyOf(dZ.data)}
        </p>
        <WeightGrid
          weights={dW.data}
          units={dW.rows}
          width={28}
          height={28}
          across={5}
          hue="gradient"
          label={`The gradient of the first layer as ten pictures. ${emptyOf(dZ.data)}`}
        />
        <ColorScale hue="gradient" scale={largest(dW.data)} />
      </div>
    </Figure>
  );
}

function emptyOf(errors: ArrayLike<number>): string {
  const empty = Array.from(errors).flatMap((error, k) => (error === 0 ? [k] : []));
  return empty.length === 0 ? 'None is empty.' : `Empty: ${empty.join(', ')}.`;
}
