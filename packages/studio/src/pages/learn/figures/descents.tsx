import type { Settings, Step } from '@longhand/core';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Chart } from '../../../components/chart.js';
import { firstDigits, loadFirst } from '../../../state/digits.js';
import { announce } from '../../../state/notifications.js';
import { count, percent } from '../../../text.js';
import { Figure, Waiting } from './figure.js';
import { useTraining } from './use-training.js';

const EPOCHS = 20;
const MINI = { batchSize: 50 } as const;

const WAYS = [
  { name: 'full batch', title: 'all 1,000 digits in each update', color: '--faint', settings: {} },
  { name: 'mini', title: 'mini-batches of 50', color: '--blue', settings: MINI },
  {
    name: 'momentum',
    title: 'mini-batches and momentum',
    color: '--orange',
    settings: { ...MINI, optimizer: 'nesterov' },
  },
  {
    name: 'wider',
    title: 'the same, with 128 hidden units',
    color: '--violet',
    settings: { ...MINI, optimizer: 'nesterov', hidden: [128] },
  },
] as const satisfies readonly { name: string; title: string; color: string; settings: Partial<Settings> }[];

interface Result {
  readonly steps: readonly Step[];
  readonly updates: number;
  readonly training: number;
  readonly test: number;
}

/** Four ways to go downhill through the same 1,000 digits, twenty times each. */
export function Descents() {
  const { isRunning, steps, start } = useTraining();
  const [results, setResults] = useState<Readonly<Record<string, Result>>>({});
  const [current, setCurrent] = useState<string | undefined>(undefined);
  useEffect(() => void loadFirst(), []);
  const digits = firstDigits.value;
  const curves = useMemo(
    () =>
      WAYS.flatMap(({ name, color }) => {
        const of = results[name]?.steps ?? (name === current ? steps : []);
        const { x, y } = meanLosses(of);
        return x.length > 0 ? [{ name, color, x, y }] : [];
      }),
    [results, steps, current],
  );
  if (!digits) return <Waiting />;

  async function train({ name, title, settings }: (typeof WAYS)[number]): Promise<void> {
    setCurrent(name);
    setResults(({ [name]: _, ...others }) => others);
    const ended = await start(digits!, { dev: 0, epochs: EPOCHS, alpha: 0.1, ...settings });
    if (!ended?.trained.test) return;
    const last = ended.steps.at(-1)!;
    const result = {
      steps: ended.steps,
      updates: last.iteration,
      training: last.accuracy,
      test: ended.trained.test.accuracy,
    };
    setResults((before) => ({ ...before, [name]: result }));
    announce(`${title}: ${percent(result.test)} of the test digits right`);
  }

  return (
    <Figure>
      <table class="learn-numbers">
        <thead>
          <tr>
            <th scope="col" class="name">
              {EPOCHS} epochs with
            </th>
            <th scope="col">updates</th>
            <th scope="col">training</th>
            <th scope="col">test</th>
          </tr>
        </thead>
        <tbody>
          {WAYS.map((way) => {
            const result = results[way.name];
            return (
              <tr key={way.name}>
                <th scope="row" class="name">
                  <button type="button" disabled={isRunning} onClick={() => void train(way)}>
                    {way.title}
                  </button>
                </th>
                <td>{result ? count(result.updates) : '–'}</td>
                <td>{result ? percent(result.training) : '–'}</td>
                <td>{result ? percent(result.test) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Chart
        title="mean loss of each epoch"
        curves={curves}
        xName="epoch"
        format={(loss) => loss.toFixed(1)}
        height={180}
        range={[undefined, 3.5]}
        until={EPOCHS}
      />
    </Figure>
  );
}

/** A batch is small, so its loss jumps about: the curve has the mean of each epoch. */
function meanLosses(steps: readonly Step[]): { x: number[]; y: number[] } {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { epoch, loss } of steps) {
    const at = Math.floor(epoch + 1e-9);
    const { sum = 0, count: number = 0 } = sums.get(at) ?? {};
    sums.set(at, { sum: sum + loss, count: number + 1 });
  }
  const epochs = [...sums.keys()];
  return { x: epochs, y: epochs.map((epoch) => sums.get(epoch)!.sum / sums.get(epoch)!.count) };
}
