import { useEffect, useState } from 'preact/hooks';
import { saveFile } from '../files/save.js';
import { exportKept } from '../state/export-kept.js';
import { areModelsBack, keptChanges, keptSizes, storeProblem } from '../state/kept.js';
import { bringDrawingsBack, drawings, ON_PAD } from '../state/kept-drawings.js';
import { keepRuns } from '../state/kept-runs.js';
import { bringSweepsBack, removeSweep } from '../state/kept-sweeps.js';
import { hrefOf } from '../state/location.js';
import { showError } from '../state/notifications.js';
import { recordOf } from '../state/record-run.js';
import type { Run } from '../state/run.js';
import { nameOf } from '../state/run-figures.js';
import { writeRunLog } from '../state/run-log.js';
import { current, removeRun, runs } from '../state/runs.js';
import { shownSource, sweeps } from '../state/sweeps.js';
import { amount, size } from '../text.js';
import { DrawingList } from './drawing-list.js';
import { NameInput } from './name-input.js';

type Sizes = Awaited<ReturnType<typeof keptSizes>>;

const NAMES = { model: 'model', run: 'run', sweep: 'sweep', drawing: 'drawing' } as const;

/** The runs and drawings that the browser keeps, how much room all of it takes, and a button that saves it. */
export function KeptList() {
  const changes = keptChanges.value;
  const [sizes, setSizes] = useState<Sizes>([]);
  useEffect(() => {
    void keepRuns();
    void bringSweepsBack();
    void bringDrawingsBack();
  }, []);
  useEffect(() => {
    let isOld = false;
    void keptSizes().then((all) => !isOld && setSizes(all));
    return () => {
      isOld = true;
    };
  }, [changes, areModelsBack.value]);
  return (
    <>
      <Runs sizes={sizes} />
      <Sweeps />
      <Drawings sizes={sizes} />
      {storeProblem.value === undefined ? <Room sizes={sizes} /> : <p class="red">{storeProblem.value}</p>}
    </>
  );
}

function sizeIn(sizes: Sizes, wanted: string): string {
  const found = sizes.find(({ id }) => id === wanted);
  return found ? size(found.bytes) : '';
}

function wordsOf(run: Run, sizes: Sizes): string {
  const words = [String(run.number), nameOf(run), run.state.value, sizeIn(sizes, run.id)];
  return words.filter((word) => word !== '').join(', ');
}

function Runs({ sizes }: { sizes: Sizes }) {
  if (runs.value.length === 0) return null;
  return (
    <>
      <h3>your runs</h3>
      <ul>
        {runs.value.map((run) => (
          <li key={run.id} class="line">
            <span>
              <NameInput
                class="model-name"
                value={run.title.value}
                placeholder={`run ${run.number}`}
                label={`Name of run ${run.number}`}
                onValue={(title) => {
                  run.title.value = title;
                }}
              />
              <span class="faint figures"> {wordsOf(run, sizes)}</span>
            </span>
            <a
              class="button"
              href={hrefOf('train')}
              onClick={() => show(run)}
              aria-label={`Show run ${run.number}`}
            >
              Show
            </a>
            <button
              type="button"
              aria-label={`Save the log of run ${run.number}`}
              disabled={!recordOf(run)}
              onClick={() =>
                saveFile(`longhand-run-${run.number}.jsonl`, writeRunLog(recordOf(run)!), 'application/json')
              }
            >
              Save
            </button>
            <button
              type="button"
              class="quiet"
              aria-label={`Delete run ${run.number}`}
              onClick={() => removeRun(run)}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Sweeps() {
  const kept = sweeps.value.filter(({ bytes }) => bytes !== undefined);
  if (kept.length === 0) return null;
  return (
    <>
      <h3>your sweeps</h3>
      <ul>
        {kept.map((one) => (
          <li key={one.name} class="line">
            <span>
              {one.name}{' '}
              <span class="faint figures">
                {amount(one.sweep.header.trials, 'trial')}, {size(one.bytes!)}
              </span>
            </span>
            <a
              class="button"
              href={hrefOf('runs')}
              onClick={() => {
                shownSource.value = one.name;
                closeDialogs();
              }}
              aria-label={`Show sweep ${one.name}`}
            >
              Show
            </a>
            <button
              type="button"
              class="quiet"
              aria-label={`Delete sweep ${one.name}`}
              onClick={() => removeSweep(one)}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function show(run: Run): void {
  current.value = run;
  closeDialogs();
}

function closeDialogs(): void {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
}

function Drawings({ sizes }: { sizes: Sizes }) {
  if (drawings.value.length === 0) return null;
  return (
    <>
      <h3>your drawings</h3>
      <DrawingList
        addressOf={(ink) => hrefOf('draw', { ink })}
        noteOf={(id) => sizeIn(sizes, id)}
        onShow={closeDialogs}
      />
    </>
  );
}

function Room({ sizes }: { sizes: Sizes }) {
  const words = Object.entries(NAMES).flatMap(([kind, name]) => {
    const all = sizes.filter((one) => one.kind === kind && one.id !== ON_PAD);
    const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    return all.length > 0 ? [`${amount(all.length, name)}, ${size(bytes)}`] : [];
  });
  if (words.length === 0) {
    return <p class="faint">This browser keeps your models, runs, sweeps and drawings on your computer.</p>;
  }
  return (
    <>
      <p class="line">
        <span>
          This browser keeps <span class="figures">{words.join(' · ')}</span>
          <span class="faint"> on your computer</span>
        </span>
        <button type="button" onClick={() => exportKept().catch(showError)}>
          Save all
        </button>
      </p>
      <Persistence />
    </>
  );
}

/** Whether the browser may delete all of it when the disk is full, and a button that asks it not to. */
function Persistence() {
  const [isKept, setKept] = useState<boolean | undefined>(undefined);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    navigator.storage?.persisted?.().then(setKept, () => undefined);
  }, []);
  if (isKept === undefined) return null;
  if (isKept) return <p class="faint note">The browser keeps them until you delete them.</p>;
  const ask = () =>
    navigator.storage.persist().then((given) => {
      setKept(given);
      setRefused(!given);
    }, showError);
  return (
    <p class="line note">
      <span class="faint">
        {isRefused
          ? 'The browser did not agree: it may delete them when the disk is full. Save all as a file from time to time.'
          : 'The browser may delete them when the disk is full.'}
      </span>
      <button type="button" class="quiet" disabled={isRefused} onClick={() => void ask()}>
        Ask it to keep them
      </button>
    </p>
  );
}
