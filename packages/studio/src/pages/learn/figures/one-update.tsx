import type { Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { forward, update } from '@longhand/core/maths';
import { useState } from 'preact/hooks';
import { computeIteration, type Iteration } from '../../../computations/cycle.js';
import { accuracyOf } from '../../../computations/experiment.js';
import { lossText } from '../../../number-text.js';
import { firstDigits } from '../../../state/digits.js';
import { announce } from '../../../state/notifications.js';
import { percent, probability } from '../../../text.js';
import { Figure, Waiting } from './figure.js';
import { ShareBar } from './share-bar.js';
import { useExample } from './use-example.js';

const ALPHAS = [0.001, 0.01, 0.1, 1] as const;
/** Lines of the table: more would not fit. */
const MAX_LINES = 6;
/** The other test digits on which the network is tried after each update. */
const OTHERS = 500;

/** What a network gives for the one digit, and how many of the others it reads right. */
interface State {
  readonly iteration: Iteration;
  readonly others: number;
}

/** One update after the other on a single digit, with a step of any size. */
export function OneUpdate() {
  const start = useExample();
  const [alpha, setAlpha] = useState(0.1);
  const [states, setStates] = useState<readonly State[]>([]);
  if (!start) return <Waiting />;
  const all = states.length > 0 ? states : [stateOf(start)];
  const now = all.at(-1)!;
  const label = start.examples.dataset.label(start.examples.indices[0]!);
  const shareOf = ({ iteration }: State) => iteration.computed.A[2]!.data[label]!;

  function step(): void {
    const { network, gradients, examples } = now.iteration;
    const next = stateOf(computeIteration(update(network, gradients, alpha), examples));
    setStates([...all, next]);
    announce(
      `Probability of the ${label}: ${probability(shareOf(next))}. Other digits right: ${percent(next.others)}`,
    );
  }

  return (
    <Figure
      action={
        <>
          <label>
            α{' '}
            <select value={alpha} onChange={({ currentTarget }) => setAlpha(Number(currentTarget.value))}>
              {ALPHAS.map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="main" onClick={step}>
            Update
          </button>
          <button type="button" disabled={all.length === 1} onClick={() => setStates([])}>
            Start again
          </button>
        </>
      }
    >
      <table class="learn-numbers learn-even">
        <thead>
          <tr>
            <th scope="col" class="name">
              updates
            </th>
            <th scope="col">loss</th>
            <th scope="col">probability of the {label}</th>
            <th scope="col">{OTHERS} other digits right</th>
          </tr>
        </thead>
        <tbody>
          {all
            .map((state, k) => ({ state, k }))
            .slice(-MAX_LINES)
            .map(({ state, k }) => (
              <tr key={k} class={k === all.length - 1 ? 'chosen' : ''}>
                <th scope="row" class="name">
                  {k}
                </th>
                <td>{lossText(state.iteration.loss)}</td>
                <td>
                  <ShareBar share={shareOf(state)} />
                </td>
                <td>
                  <ShareBar share={state.others} kind="test" />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <p class="faint">Only the 4 of chapters 8 and 9 is learned here. The others are only tested.</p>
    </Figure>
  );
}

function stateOf(iteration: Iteration): State {
  return { iteration, others: accuracyOnOthers(iteration.network, iteration.examples.pixelScale) };
}

/** The share of the first test digits that a network reads right, 0–1. */
function accuracyOnOthers(network: Network, pixelScale: number): number {
  const places = Array.from({ length: OTHERS }, (_, k) => k);
  const { X, Y } = toDesignMatrix(firstDigits.peek()!.test, places, pixelScale);
  return accuracyOf(forward(network, X).A[2]!, Y);
}
