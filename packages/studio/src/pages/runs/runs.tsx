import { useEffect } from 'preact/hooks';
import { keepRuns } from '../../state/kept-runs.js';
import { bringSweepsBack, removeSweep } from '../../state/kept-sweeps.js';
import { query } from '../../state/location.js';
import { openRunLog } from '../../state/logged-runs.js';
import { runs } from '../../state/runs.js';
import { sweeps, watch, watchLog } from '../../state/sweeps.js';
import { collection, showSource } from './choice.js';
import { ChosenTrials } from './chosen-trials.js';
import { EmptyRuns, ExampleButton, openExample } from './empty-runs.js';
import { SettingsThatMatter } from './importance.js';
import { ParallelCoordinates } from './parallel.js';
import { SettingDots } from './setting-dots.js';
import { TrialsTable } from './trials-table.js';
import './runs.css';

void keepRuns();
void bringSweepsBack();

/** Compares the trials of a sweep, or the runs of Train. */
export function Runs() {
  const isLive = query.value.get('live') === '1';
  useEffect(() => (isLive ? watchLog(openRunLog) : undefined), [isLive]);
  const isExample = query.value.get('example') === '1';
  useEffect(() => {
    if (isExample) void openExample();
  }, [isExample]);
  const all = collection.value;
  if (!all) return <div class="runs-page">{isLive ? <Live /> : !isExample && <EmptyRuns />}</div>;
  const hasResults = all.trials.some(({ dev }) => dev);
  return (
    <div class="runs-page">
      <Source />
      <Live />
      {hasResults && all.axes.length > 0 && <ParallelCoordinates />}
      {hasResults && all.axes.length > 0 ? (
        <div class="runs-columns">
          <TrialsTable />
          <SettingsThatMatter />
        </div>
      ) : (
        <TrialsTable />
      )}
      {hasResults && <ChosenTrials />}
      {hasResults && all.axes.length > 0 && <SettingDots />}
    </div>
  );
}

/** What is compared, and the choice of something else. */
function Source() {
  const all = collection.value!;
  const names = sweeps.value.map(({ name }) => name);
  const kept = sweeps.value.find(({ name, bytes }) => name === all.name && bytes !== undefined);
  const hasRuns = runs.value.length > 0;
  return (
    <div class="runs-source">
      {names.length + Number(hasRuns) > 1 ? (
        <label>
          show{' '}
          <select
            value={all.noun === 'run' ? '' : all.name}
            onChange={({ currentTarget }) => showSource(currentTarget.value || undefined)}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            {hasRuns && <option value="">runs of the page Train</option>}
          </select>
        </label>
      ) : (
        <b>{all.name}</b>
      )}
      <span>{all.about}</span>
      {kept && all.noun === 'trial' && (
        <button
          type="button"
          class="quiet"
          aria-label={`Delete sweep ${kept.name}`}
          onClick={() => removeSweep(kept)}
        >
          ✕
        </button>
      )}
      {names.length === 0 && <ExampleButton />}
    </div>
  );
}

/** How the log is that the command serves. */
function Live() {
  const now = watch.value;
  if (query.value.get('live') !== '1') return null;
  const words = {
    waiting: 'Waiting for the first line of the log …',
    growing: 'The page follows the log while it grows.',
    ended: 'The sweep has ended: this is all of it.',
    lost: 'The command that serves the log does not answer. The page shows what it had read, and tries again.',
  } as const;
  return (
    <p class={`runs-live pen ${now?.state ?? 'waiting'}`} role="status">
      {words[now?.state ?? 'waiting']} {now?.state === 'lost' && <span class="faint">{now.reason}</span>}
    </p>
  );
}
