import { parametersSha256 } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { useEffect, useState } from 'preact/hooks';
import {
  type Line,
  type ParameterLine,
  UNIT_ITERATIONS,
  type UnitState,
} from '../../computations/single-unit.js';
import { count, shortHash } from '../../text.js';

interface UnitOutcomeProps {
  readonly lines: readonly Line[];
  readonly parameters: readonly ParameterLine[];
  readonly state: UnitState;
  readonly hasBias: boolean;
}

/** The result of the run, and the reason for it. */
export function UnitOutcome({ isRunning, ...outcome }: UnitOutcomeProps & { readonly isRunning: boolean }) {
  const { iteration } = outcome.state;
  return (
    <section class="outcome" aria-labelledby="outcome">
      <h3 id="outcome">result</h3>
      <div role="status">
        {iteration === UNIT_ITERATIONS ? (
          <Sentences {...outcome} />
        ) : (
          <p class="faint">{waitingText(isRunning, iteration)}</p>
        )}
      </div>
      <h3>why</h3>
      <p>
        In every row of the table y equals x₂, and the unit finds that out: w₂ becomes much larger than the
        other weights. A single unit can learn any rule in which one straight border separates yes from no. If
        all inputs are 0, every weight is multiplied by 0, so the bias alone decides. Without a bias the
        answer is always 0.5.
      </p>
      <p class="faint">
        The network and its table are from{' '}
        <a href="https://www.kdnuggets.com/2019/11/build-artificial-neural-network-scratch-part-1.html">
          Build an Artificial Neural Network From Scratch: Part 1
        </a>{' '}
        (KDnuggets, 2019). Here it is trained with cross-entropy, so dz = a − y.
      </p>
    </section>
  );
}

function waitingText(isRunning: boolean, iteration: number): string {
  if (isRunning) return 'Training …';
  return iteration > 0 ? 'The run has not reached its end yet.' : 'Nothing yet: press Start.';
}

/** The result in sentences. */
function Sentences({ lines, parameters, state, hasBias }: UnitOutcomeProps) {
  const [hash, setHash] = useState('');
  useEffect(() => {
    if (globalThis.crypto?.subtle) void parametersSha256(state.network).then(setHash);
  }, [state.network]);
  const taught = lines.filter(({ y }) => y !== undefined);
  const right = taught.filter(({ y, a }) => a > 0.5 === (y === 1)).length;
  const heaviest = parameters
    .slice(0, 3)
    .reduce((best, line) => (Math.abs(line.value) > Math.abs(best.value) ? line : best));
  const blank = lines.find(({ x }) => x.every((value) => value === 0))!;
  const { loss } = state.points.at(-1)!;
  return (
    <>
      <p>
        After {count(state.iteration)} iterations the unit answers {right} of the {taught.length} rows
        correctly, with a mean loss of {formatNumber(loss, 3)} nats. The most important input is{' '}
        {heaviest.symbol.replace('w', 'x')}, with {heaviest.symbol} = {formatNumber(heaviest.value, 3)}.
      </p>
      <p>
        For the inputs (0, 0, 0), which are in no row, its answer is {formatNumber(blank.a, 3)}:{' '}
        {hasBias ? 'z is the bias alone.' : 'without a bias z is always 0.'}
        {hash && (
          <>
            {' '}
            The hash of its parameters is <span class="figures">{shortHash(hash)}</span>.
          </>
        )}
      </p>
    </>
  );
}
