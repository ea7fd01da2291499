import { explain, formatNumber, writeSteps } from '@longhand/core/explain';
import { transpose } from '@longhand/core/maths';
import { useState } from 'preact/hooks';
import { ColorScale } from '../../../components/color-scale.js';
import { Quantity } from '../../../components/maths.js';
import { cycleInputs } from '../../../computations/cycle.js';
import { finiteDifferenceOf } from '../../../computations/finite-difference.js';
import { announce } from '../../../state/notifications.js';
import { largest } from '../../../theme/colors.js';
import { Figure, Waiting } from './figure.js';
import { NumberTable } from './number-table.js';
import { type Square, Squares } from './squares.js';
import { useExample } from './use-example.js';

const SIDE = 22;
/** The first picture ends with the row of the 4, which is not empty. */
const FIRST_ROWS = 5;

/** dW² = dZ² A¹ᵀ of one digit, built up row by row. Any square is written out and checked. */
export function OuterProduct() {
  const iteration = useExample();
  const [rows, setRows] = useState(FIRST_ROWS);
  const [picked, pick] = useState<Square | undefined>(undefined);
  if (!iteration) return <Waiting />;
  const { gradients, computed } = iteration;
  const { dW, dZ } = gradients[1]!;
  const A = transpose(computed.A[1]!);
  const isDone = rows === dW.rows;
  const marked = picked ?? { row: rows - 1, column: mostActive(A.data) };

  function nextRow(): void {
    const next = isDone ? 1 : rows + 1;
    setRows(next);
    pick(undefined);
    const error = formatNumber(dZ.data[next - 1]!, 3);
    announce(`Row ${next - 1}: ${error} times the ten activations`);
  }

  return (
    <Figure
      action={
        <span class="learn-buttons">
          <button type="button" onClick={nextRow}>
            {isDone ? 'Start again' : 'Next row'}
          </button>
          <button type="button" disabled={isDone} onClick={() => setRows(dW.rows)}>
            All rows
          </button>
        </span>
      }
    >
      <div class="learn-outer">
        <span class="corner">
          <math aria-hidden="true">
            <Quantity name="A" layer={1} transposed />
          </math>
        </span>
        <Squares
          matrix={A}
          hue="value"
          scale={largest(A.data)}
          side={SIDE}
          label="A1 transposed, 1 by 10: the ten activations"
          marked={{ row: 0, column: marked.column }}
        />
        <Squares
          matrix={dZ}
          hue="gradient"
          scale={largest(dZ.data)}
          side={SIDE}
          label="dZ2, 10 by 1: the ten errors"
          marked={{ row: marked.row, column: 0 }}
        />
        <Squares
          matrix={dW}
          hue="gradient"
          scale={largest(dW.data)}
          side={SIDE}
          label="dW2, 10 by 10"
          marked={marked}
          until={rows}
          pick={(square) => {
            pick(square);
            announce(
              `row ${square.row}, column ${square.column}: ${formatNumber(dW.data[10 * square.row + square.column]!)}`,
            );
          }}
        />
        <span class="corner">
          <math aria-hidden="true">
            <Quantity name="dZ" layer={2} />
          </math>
        </span>
        <span class="learn-buttons">
          <math aria-hidden="true">
            <Quantity name="dW" layer={2} />
          </math>
          <ColorScale hue="gradient" scale={largest(dW.data)} />
        </span>
      </div>
      <p class="faint">
        Row {rows - 1} is the error of class {rows - 1}, {formatNumber(dZ.data[rows - 1]!, 3)}, times the ten
        activations above. Press any square to see how it is computed.
      </p>
      <Longhand square={marked} iteration={iteration} />
      <NumberTable caption="dZ2, the errors" matrix={dZ} row="class" />
      <NumberTable caption="A1 transposed, the activations" matrix={A} row="row" column="hidden unit" />
      <NumberTable caption="dW2, the gradient of the weights" matrix={dW} row="class" column="hidden unit" />
    </Figure>
  );
}

type Example = NonNullable<ReturnType<typeof useExample>>;

/** One entry of dW² as a product of two numbers, and the slope of the loss that was measured. */
function Longhand({ square: { row, column }, iteration }: { square: Square; iteration: Example }) {
  const place = { layer: 2, row, column } as const;
  const explanation = explain(iteration.network, cycleInputs(iteration, 0.1), { quantity: 'dW', ...place });
  const { name, steps } = writeSteps(explanation);
  const { slope, gradient, epsilon, agrees } = finiteDifferenceOf(iteration, { quantity: 'W', ...place });
  return (
    <div class="learn-longhand">
      <p>
        {name} = {steps.join(' = ')}
      </p>
      <p>
        Check: this weight was moved by {epsilon}, and the loss was measured. Slope{' '}
        <strong>{formatNumber(slope)}</strong>, gradient <strong>{formatNumber(gradient)}</strong>{' '}
        <span class={agrees ? 'green' : 'red'}>{agrees ? '✓ they agree' : '✗ they differ'}</span>
      </p>
    </div>
  );
}

/** The hidden unit with the largest activation: its column shows most. */
function mostActive(activations: Float64Array): number {
  return activations.indexOf(Math.max(...activations));
}
