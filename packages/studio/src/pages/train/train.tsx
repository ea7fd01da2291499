import { completeSettings, createNetwork } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Chart, type Curve } from '../../components/chart.js';
import { Scale } from '../../components/legend.js';
import { MAX_UNITS_SHOWN, WeightGrid } from '../../components/weight-grid.js';
import { savePng } from '../../files/save.js';
import { digits, loadAll, loading, ownDigits } from '../../state/digits.js';
import { changeQuery, linkTo, query } from '../../state/location.js';
import { notify, showError } from '../../state/notifications.js';
import { saveModel } from '../../state/open-files.js';
import {
  busy,
  current,
  lengthInEpochs,
  type Point,
  putAside,
  type Run,
  removeRun,
  runs,
  startRun,
} from '../../state/runs.js';
import { count, percent, shortHash } from '../../text.js';
import { queryOf, readDraft } from './draft.js';
import { Figures, LoadingBar } from './figures.js';
import { SettingsForm } from './settings-form.js';
import './train.css';

/** Trains a network on all the digits and shows how it learns. */
export function Train() {
  const draft = readDraft(query.value);
  const wrong = Object.keys(draft.problems).length > 0;
  const run = current.value;
  const page = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!ownDigits.peek()) void loadAll();
    // A copied link replays its run at once.
    if (query.peek().get('run') === '1' && !busy.peek() && !wrong) {
      const expected = hashIn(query.peek());
      changeQuery({ run: undefined, hash: undefined });
      startRun(draft.given, expected ? { expected } : {});
    }
  }, []);

  return (
    <div class="train" ref={page}>
      <div class="train-settings">
        <SettingsForm draft={draft} disabled={busy.value} />
        <CopyLink run={run} given={draft.given} />
      </div>
      <div class="train-lab">
        <Buttons run={run} given={draft.given} wrong={wrong} />
        <LoadingBar />
        <section class="sheet" aria-label="The run">
          <Figures run={run} />
          <Curves given={draft.given} wrong={wrong} />
          <Result run={run} page={page.current} />
        </section>
        <Units run={run} given={run?.given ?? draft.given} />
        <Runs />
      </div>
    </div>
  );
}

function Buttons({ run, given, wrong }: { run: Run | undefined; given: Run['given']; wrong: boolean }) {
  const state = run?.state.value;
  const underWay = state === 'running' || state === 'paused' || state === 'waiting';
  return (
    <fieldset class="train-buttons">
      <legend class="hidden">The run</legend>
      {state === 'running' ? (
        <button type="button" class="main" onClick={() => run!.pause()}>
          Pause
        </button>
      ) : (
        <button
          type="button"
          class="main"
          disabled={(wrong && state !== 'paused') || state === 'waiting'}
          onClick={() => (state === 'paused' ? run!.resume() : startRun(given))}
        >
          Train
        </button>
      )}
      <button
        type="button"
        disabled={state === 'running' || state === 'waiting' || (wrong && state !== 'paused')}
        onClick={() => (state === 'paused' ? run!.advance() : startRun(given, { paused: true }))}
      >
        Step
      </button>
      <button type="button" disabled={!underWay} onClick={() => run!.stop()}>
        Stop
      </button>
      <button type="button" disabled={!run} onClick={() => putAside(run!)}>
        Reset
      </button>
      <span class="faint" aria-live="polite">
        {state === 'waiting' && loading.value.state === 'loading' ? 'waiting for the digits …' : ''}
        {state === 'paused' ? 'paused' : ''}
        {state === 'failed' ? 'the run failed: see the message' : ''}
      </span>
    </fieldset>
  );
}

/** What a run of the shipped digits trains on, to lay out the axis before they are here. */
const MNIST_EXAMPLES = 59_000;
/** Where the axis of the loss ends before there is one: ten classes at random cost ln 10, some 2.3 nats. */
const LOSS_BEFORE = 2.5;

/** Colors of the other runs. */
const OTHERS = ['--blue', '--orange', '--violet', '--green', '--faint'];

function Curves({ given, wrong }: { given: Run['given']; wrong: boolean }) {
  const shown = runs.value.filter((run) => run.shown.value || run === current.value);
  const growths = shown.map((run) => run.growth.value).join();
  const kinds = shown.map(({ number }) => number).join();
  const [loss, accuracy] = useMemo(
    () => [curvesOf(shown, 'loss'), curvesOf(shown, 'accuracy')],
    [growths, kinds, current.value],
  );
  const ahead = wrong ? 1 : lengthInEpochs(completeSettings(given), MNIST_EXAMPLES);
  const until = Math.max(1, ...(shown.length > 0 ? shown.map(({ epochs }) => epochs) : [ahead]));
  return (
    <div class="curves">
      <Chart
        title="accuracy"
        curves={accuracy}
        xName="epoch"
        format={(y) => percent(y, 0)}
        height={240}
        range={[undefined, 1]}
        until={until}
      />
      <Chart
        title="loss"
        curves={loss}
        xName="epoch"
        format={(y) => formatNumber(y, 3)}
        height={240}
        range={[0, shown.some(({ training }) => training.length > 0) ? undefined : LOSS_BEFORE]}
        until={until}
      />
    </div>
  );
}

function curvesOf(shown: readonly Run[], what: 'loss' | 'accuracy'): Curve[] {
  const points = (of: readonly Point[]) => ({
    x: of.map(({ epoch }) => epoch),
    y: of.map((point) => point[what]),
  });
  if (shown.length === 0) return [{ name: 'training', color: '--ink', x: [], y: [] }];
  return shown.flatMap((run) => {
    if (run === current.peek()) {
      return [
        { name: 'training', color: '--ink', ...points(run.training) },
        { name: 'dev', color: '--red', ...points(run.watched) },
      ];
    }
    const color = OTHERS[(run.number - 1) % OTHERS.length]!;
    return [{ name: `run ${run.number}, dev`, color, dashed: true, ...points(run.watched) }];
  });
}

/** The hash, and what can be kept. Its room is there before the result is. */
function Result({ run, page }: { run: Run | undefined; page: HTMLElement | null }) {
  const trained = run?.trained.value;
  return (
    <div class="result">
      {trained ? (
        <>
          <p>
            hash of the parameters{' '}
            <code class="figures" title={trained.sha256} data-sha256={trained.sha256}>
              {shortHash(trained.sha256)}
            </code>
            <Bits run={run!} sha256={trained.sha256} />
          </p>
          <span class="keep">
            <button type="button" onClick={() => run?.model.value && saveModel(run.model.value)}>
              Save model
            </button>
            <button type="button" class="quiet" onClick={() => saveCurves(page)}>
              Save curves
            </button>
          </span>
        </>
      ) : (
        <p class="faint">
          When the run ends, the network is tested once on the test digits, and the hash of its parameters
          appears here.
        </p>
      )}
    </div>
  );
}

/** What the hash says of the run: that it can be had again, that a link kept its word, or nothing. */
function Bits({ run, sha256 }: { run: Run; sha256: string }) {
  const { expected, step } = run;
  if (!run.replays) {
    const { iteration = 0 } = step.value ?? {};
    return (
      <span class="faint">
        {' '}
        · stopped after {count(iteration)} {iteration === 1 ? 'iteration' : 'iterations'}
      </span>
    );
  }
  if (!expected) return <span class="faint"> · the same settings give the same bits on every machine</span>;
  return sha256.startsWith(expected) ? (
    <span class="green"> · the same bits as in the link</span>
  ) : (
    <span class="red"> · not the same bits as in the link, {expected}</span>
  );
}

function saveCurves(page: HTMLElement | null): void {
  for (const [k, canvas] of [
    ...(page?.querySelectorAll<HTMLCanvasElement>('.chart canvas') ?? []),
  ].entries()) {
    savePng(`longhand-${k === 0 ? 'accuracy' : 'loss'}.png`, canvas).catch(showError);
  }
}

/** Whether the stamps show what training changed, or the weights as they are: those begin as noise, which drowns it. */
const onlyLearnt = signal(true);

function Units({ run, given }: { run: Run | undefined; given: Run['given'] }) {
  const W1 = run?.W1.value;
  const learnt = onlyLearnt.value;
  const { width = 28, height = 28, inputs = 784 } = digits.value?.training ?? {};
  const start = useMemo(
    () => (run && W1 && learnt ? startOf(run) : undefined),
    [run, W1 !== undefined, learnt],
  );
  const weights = useMemo(() => (W1 && start ? W1.map((weight, k) => weight - start[k]!) : W1), [W1, start]);
  const units = W1 ? W1.length / inputs : ((given.hidden ?? completeSettings({}).hidden)[0] ?? 10);
  const shown = Math.min(units, MAX_UNITS_SHOWN);
  const across = shown <= 10 ? shown : 16;
  const lines = Math.ceil(shown / across);
  return (
    <section class="sheet hidden-units" aria-label="The hidden units">
      <div class="units-top">
        <h2>{learnt ? 'what each hidden unit has learned' : 'the weights of each hidden unit'}</h2>
        <label class="faint">
          <input
            type="checkbox"
            checked={learnt}
            onChange={(event) => {
              onlyLearnt.value = event.currentTarget.checked;
            }}
          />{' '}
          only the change since the start
        </label>
        <ul class="legend">
          <Scale hue="value" from="negative" to="positive" what="" />
        </ul>
        <button
          type="button"
          class="quiet"
          style={{ visibility: W1 ? 'visible' : 'hidden' }}
          onClick={() => {
            const canvas = document.querySelector<HTMLCanvasElement>('.hidden-units canvas');
            if (canvas) savePng('longhand-units.png', canvas, 6).catch(showError);
          }}
        >
          Save pictures
        </button>
      </div>
      <div
        class="units-sheet"
        style={{ aspectRatio: `${across * (width + 1) - 1} / ${lines * (height + 1) - 1}` }}
      >
        {!weights && <p class="pen faint">The weights of {count(units)} hidden units appear here.</p>}
        {weights && (
          <WeightGrid
            weights={weights}
            units={units}
            width={width}
            height={height}
            across={across}
            label={`The weights of ${shown} hidden units as pictures`}
          />
        )}
      </div>
      {units > shown && (
        <p class="faint">
          The first {shown} of {count(units)} units.
        </p>
      )}
    </section>
  );
}

/** The first layer's weights before training: the seed gives them again. */
function startOf({ settings, digits: data }: Run): Float64Array {
  const { training } = data.peek()!;
  const { hidden, activation, initialization, seed } = settings;
  const layers = [training.inputs, ...hidden, training.classNames.length];
  return createNetwork({ layers, activation, initialization, seed }).layers[0]!.W.data;
}

/** The runs so far, to compare. */
function Runs() {
  if (runs.value.every((run) => run === current.value)) return null;
  return (
    <section aria-label="Runs so far">
      <h2>runs so far</h2>
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">settings, where not the board’s</th>
            <th scope="col">dev</th>
            <th scope="col">test</th>
            <th scope="col">hash</th>
            <th scope="col">
              <span class="hidden">actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.value.map((run) => (
            <RunRow key={run.number} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RunRow({ run }: { run: Run }) {
  const trained = run.trained.value;
  const dev = run.dev.value;
  const isCurrent = run === current.value;
  return (
    <tr class={isCurrent ? 'lit' : ''}>
      <th scope="row">
        <button type="button" class="quiet" aria-pressed={isCurrent} onClick={() => show(run)}>
          {run.number}
        </button>
      </th>
      <td>{run.name}</td>
      <td class="figures">{dev ? percent(dev.accuracy) : '–'}</td>
      <td class="figures">{trained ? percent(trained.test.accuracy, 2) : run.state.value}</td>
      <td class="figures">{trained ? shortHash(trained.sha256) : '–'}</td>
      <td>
        <label>
          <input
            type="checkbox"
            checked={run.shown.value}
            onChange={(event) => {
              run.shown.value = event.currentTarget.checked;
            }}
          />{' '}
          show its curve
        </label>
        <button
          type="button"
          class="quiet"
          aria-label={`Remove run ${run.number}`}
          onClick={() => removeRun(run)}
        >
          ✕
        </button>
      </td>
    </tr>
  );
}

function show(run: Run): void {
  current.value = run;
  if (!busy.peek())
    changeQuery({
      ...Object.fromEntries([...query.peek().keys()].map((key) => [key, undefined])),
      ...queryOf(run.given),
    });
}

/** The link to the run that is shown; before there is one, to what the settings would give. */
function CopyLink({ run, given }: { run: Run | undefined; given: Run['given'] }) {
  const linked = run?.given ?? given;
  const others = JSON.stringify(queryOf(linked)) !== JSON.stringify(queryOf(given));
  const ended = run?.trained.value;
  return (
    <>
      <button type="button" onClick={() => void copyLink(run, linked)}>
        Copy a link to this run
      </button>
      <p class="pen faint">
        {ended && !run?.replays
          ? 'The link starts this run and completes it.'
          : 'The link gives the same weights to anyone.'}{' '}
        {others && ` It repeats run ${run!.number}, not the settings above.`}
      </p>
    </>
  );
}

/** A link to a run that came to its end says what it came to, so that whoever opens it can compare. */
async function copyLink(run: Run | undefined, given: Run['given']): Promise<void> {
  const hash = run?.replays ? run.trained.peek()?.sha256 : undefined;
  const link = linkTo('train', { ...queryOf(given), run: 1, hash: hash && shortHash(hash) });
  try {
    await navigator.clipboard.writeText(link);
    notify('Link copied. It repeats this run, bit for bit.');
  } catch {
    showError(new Error(`The browser did not allow copying. The link is ${link}`));
  }
}

/** The beginning of a hash in an address, if it is one. */
function hashIn(state: URLSearchParams): string | undefined {
  return /^[0-9a-f]{8,64}$/.exec(state.get('hash') ?? '')?.[0];
}
