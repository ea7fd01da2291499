import { backward, matrix } from '@longhand/core/maths';
import { useState } from 'preact/hooks';
import { fixed } from '../../../number-text.js';
import { percent } from '../../../text.js';
import { Figure, Waiting } from './figure.js';
import { SignedBar } from './signed-bar.js';
import { useExample } from './use-example.js';

/** dZ² = A² − Y of one digit. The reader says which class is right, and the errors follow. */
export function AnswerErrors() {
  const iteration = useExample();
  const [chosen, choose] = useState<number | undefined>(undefined);
  if (!iteration) return <Waiting />;
  const { network, computed, examples } = iteration;
  const label = examples.dataset.label(examples.indices[0]!);
  const right = chosen ?? label;
  const A = computed.A[2]!;
  const Y = matrix(
    A.rows,
    1,
    Array.from({ length: A.rows }, (_, k) => (k === right ? 1 : 0)),
  );
  const { data: dZ } = backward(network, computed, Y)[1]!.dZ;
  return (
    <Figure
      action={
        <label>
          the right answer is{' '}
          <select value={right} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
            {examples.dataset.classNames.map((name, k) => (
              <option key={name} value={k}>
                {name}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <div class="learn-scroll">
        <table class="learn-numbers">
          <thead>
            <tr>
              <th scope="col" class="name">
                class
              </th>
              <th scope="col">answer A²</th>
              <th scope="col">right Y</th>
              <th scope="col">error dZ²</th>
              <td class="bar" />
            </tr>
          </thead>
          <tbody>
            {[...dZ].map((error, k) => (
              <tr key={k} class={k === right ? 'chosen' : ''}>
                <th scope="row" class="name">
                  {examples.dataset.classNames[k]}
                </th>
                <td>{A.data[k]!.toFixed(3)}</td>
                <td>{Y.data[k]}</td>
                <td>{fixed(error)}</td>
                <td class="bar">
                  <SignedBar value={error} scale={1} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="faint">
        {chosen === undefined || chosen === label
          ? `Test digit 169 is a ${label}. The network gives it ${percent(A.data[label]!)}.`
          : `If this digit were a ${right}, these would be the errors.`}{' '}
        The ten errors add up to {fixed(dZ.reduce((sum, error) => sum + error, 0))}.
      </p>
    </Figure>
  );
}
