import { useEffect, useState } from 'preact/hooks';
import { firstDigits, loadFirst } from '../../../state/digits.js';
import { announce } from '../../../state/notifications.js';
import { count, percent } from '../../../text.js';
import { Figure, Waiting } from './figure.js';
import { ShareBar } from './share-bar.js';
import { useTraining } from './use-training.js';

/** How many training digits a run has. */
const SIZES = [20, 100, 300, 1000] as const;

interface Result {
  readonly digits: number;
  readonly training: number;
  readonly test: number;
}

/** Trains the same network on few or on many digits, and tests it on 1,000 others. */
export function RememberOrKnow() {
  const { isRunning, start } = useTraining();
  const [results, setResults] = useState<readonly Result[]>([]);
  useEffect(() => void loadFirst(), []);
  const digits = firstDigits.value;
  if (!digits) return <Waiting />;

  async function train(size: number): Promise<void> {
    const { training, test } = digits!;
    const pair = { training: training.slice(0, size), test };
    const ended = await start(pair, { dev: 0, iterations: 500, optimizer: 'nesterov', alpha: 0.1 });
    if (!ended?.trained.test) return;
    const { trained, steps } = ended;
    const result = { digits: size, training: steps.at(-1)!.accuracy, test: trained.test!.accuracy };
    setResults((before) =>
      [...before.filter((other) => other.digits !== size), result].sort((a, b) => a.digits - b.digits),
    );
    announce(
      `${size} digits: ${percent(result.training)} of the training digits right, ${percent(result.test)} of the test digits`,
    );
  }

  return (
    <Figure
      action={
        <>
          <span>Train on</span>
          {SIZES.map((size) => (
            <button key={size} type="button" disabled={isRunning} onClick={() => void train(size)}>
              {count(size)} digits
            </button>
          ))}
        </>
      }
    >
      <table class="learn-numbers">
        <thead>
          <tr>
            <th scope="col" class="name">
              trained on
            </th>
            <th scope="col">training digits right</th>
            <th scope="col">test digits right</th>
          </tr>
        </thead>
        <tbody>
          {SIZES.map((size) => {
            const result = results.find((other) => other.digits === size);
            return (
              <tr key={size}>
                <th scope="row" class="name">
                  {count(size)}
                </th>
                <td>
                  <ShareBar share={result?.training} />
                </td>
                <td>
                  <ShareBar share={result?.test} kind="test" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="faint">
        The 1,000 test digits are the same every time, and none of them is used in training.
      </p>
    </Figure>
  );
}
