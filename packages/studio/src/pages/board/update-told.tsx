import { entrySymbol, formatNumber, formatReference } from '@longhand/core/explain';
import { update } from '@longhand/core/maths';
import { useMemo } from 'preact/hooks';
import { computeIteration, type Iteration } from '../../computations/cycle.js';
import { largestMoves } from '../../computations/largest-moves.js';
import { percent, probability } from '../../text.js';
import { ask, choices } from './choices.js';
import './update-told.css';

const [WIDTH, HEIGHT, FOOT] = [260, 74, 16];

/**
 * What the update does: the probabilities of one example before and after it, the loss, and the
 * parameters that it moves most.
 */
export function UpdateTold({ iteration, column }: { iteration: Iteration; column: number }) {
  const { alpha } = choices.value;
  const after = useMemo(
    () => computeIteration(update(iteration.network, iteration.gradients, alpha), iteration.examples),
    [iteration, alpha],
  );
  const moved = useMemo(() => largestMoves(iteration, alpha), [iteration, alpha]);
  const { dataset, indices } = iteration.examples;
  const label = dataset.label(indices[column]!);
  const name = dataset.classNames[label]!;
  const [was, is] = [probabilitiesOf(iteration, column), probabilitiesOf(after, column)];
  const isWorse = after.loss > iteration.loss;
  return (
    <section class="update-told" aria-label="What the update does">
      <p class="told">
        <b class="pen">
          {name}: {probability(was[label]!)} → {probability(is[label]!)}
        </b>{' '}
        <span class={isWorse ? 'red' : ''}>
          loss {formatNumber(iteration.loss)} → {formatNumber(after.loss)}
        </span>
        {isWorse && ' The loss grew: the step was too large. Try a smaller α.'}
      </p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
        role="img"
        aria-label={`Probabilities before and after the update: ${dataset.classNames
          .map((of, k) => `${of}: ${percent(was[k]!)}, then ${percent(is[k]!)}`)
          .join('; ')}`}
      >
        {dataset.classNames.map((of, k) => {
          const step = WIDTH / was.length;
          const bar = Math.min(10, 0.4 * step);
          const x = k * step + step / 2;
          return (
            <g key={of} class={k === label ? 'right' : ''}>
              <rect
                class="before"
                x={x - bar}
                width={bar}
                y={HEIGHT * (1 - was[k]!)}
                height={HEIGHT * was[k]!}
              />
              <rect class="after" x={x} width={bar} y={HEIGHT * (1 - is[k]!)} height={HEIGHT * is[k]!} />
              {step >= 14 && (
                <text x={x} y={HEIGHT + FOOT - 3}>
                  {of.slice(0, 3)}
                </text>
              )}
            </g>
          );
        })}
        <path d={`M 0 ${HEIGHT} H ${WIDTH}`} />
      </svg>
      <p class="moved faint">
        Bars: before, after. Moved most:{' '}
        {moved.map(({ reference, change }, k) => (
          <span key={formatReference(reference)}>
            {k > 0 && ', '}
            <button type="button" class="factor figures" onClick={() => ask(formatReference(reference))}>
              {entrySymbol(reference, iteration.m)} {change < 0 ? '−' : '+'}
              {formatNumber(Math.abs(change), 2)}
            </button>
          </span>
        ))}
      </p>
    </section>
  );
}

function probabilitiesOf({ computed }: Iteration, column: number): number[] {
  const { rows, cols, data } = computed.A.at(-1)!;
  return Array.from({ length: rows }, (_, i) => data[i * cols + column]!);
}
