import { sumOverExamples } from '@longhand/core/maths';
import { useState } from 'preact/hooks';
import { ColorScale } from '../../../components/color-scale.js';
import { fixed } from '../../../number-text.js';
import { announce } from '../../../state/notifications.js';
import { largest } from '../../../theme/colors.js';
import { Figure, Waiting } from './figure.js';
import { NumberTable } from './number-table.js';
import { type Square, Squares } from './squares.js';
import { BOARD_DIGIT, useExample } from './use-example.js';

const EXAMPLES = 12;
const SIDE = 16;

/** dZ² of several digits: its rows add up to db², its columns to 0. */
export function BiasSums() {
  const iteration = useExample(BOARD_DIGIT, EXAMPLES);
  const [{ row, column }, pick] = useState<Square>({ row: 4, column: 0 });
  if (!iteration) return <Waiting />;
  const { dZ, db } = iteration.gradients[1]!;
  const sums = sumOverExamples(dZ);
  const { rows, cols, data } = dZ;
  const columnSum = Array.from({ length: rows }, (_, k) => data[k * cols + column]!).reduce(add, 0);
  const total = data.reduce(add, 0);
  return (
    <Figure>
      <div class="learn-sums">
        <span>dZ², {EXAMPLES} digits</span>
        <span>sums</span>
        <Squares
          matrix={dZ}
          hue="gradient"
          scale={largest(data)}
          side={SIDE}
          label={`dZ2, ${rows} by ${cols}: a row for each class, a column for each digit`}
          marked={{ row, column }}
          pick={(square) => {
            pick(square);
            announce(
              `row ${square.row} adds up to ${fixed(sums.data[square.row]!)}, column ${square.column} to 0`,
            );
          }}
        />
        <Squares
          matrix={sums}
          hue="gradient"
          scale={largest(sums.data)}
          side={SIDE}
          label="the sum of each row"
          marked={{ row, column: 0 }}
        />
      </div>
      <ColorScale hue="gradient" scale={largest(data)} />
      <div class="learn-longhand">
        <p>
          <code>np.sum(dZ, axis=1)</code>: row {row} adds up to <strong>{fixed(sums.data[row]!)}</strong>.
          Divided by {EXAMPLES}, that is db²<sub>{row}</sub> = {fixed(db.data[row]!, 4)}.
        </p>
        <p>
          Column {column}, the ten errors of one digit, adds up to <strong>{fixed(columnSum)}</strong>.
        </p>
        <p>
          <code>np.sum(dZ)</code>: all {rows * cols} together give <strong>{fixed(total)}</strong>. With it,
          no output bias moves.
        </p>
      </div>
      <NumberTable caption="The sums of the rows of dZ2" matrix={sums} row="class" />
    </Figure>
  );
}

function add(sum: number, value: number): number {
  return sum + value;
}
