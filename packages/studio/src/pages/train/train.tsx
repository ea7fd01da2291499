import { useEffect, useRef } from 'preact/hooks';
import { OneThread } from '../../components/one-thread.js';
import { loadAll, ownDigits } from '../../state/digits.js';
import { keepRuns } from '../../state/kept-runs.js';
import { changeQuery, hrefOf, query } from '../../state/location.js';
import { busy, current, startRun } from '../../state/runs.js';
import { AboutData } from './about-data.js';
import { Curves } from './curves.js';
import { readDraft } from './draft.js';
import { Figures, LoadingBar } from './figures.js';
import { HiddenUnits } from './hidden-units.js';
import { Result } from './result.js';
import { RunButtons } from './run-buttons.js';
import { RunLink } from './run-link.js';
import { RunsTable } from './runs-table.js';
import { SettingsForm } from './settings-form.js';
import './train.css';

void keepRuns();

/** Trains a network and shows how it learns. */
export function Train() {
  const draft = readDraft(query.value);
  const wrong = Object.keys(draft.problems).length > 0;
  const run = current.value;
  const page = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!ownDigits.peek()) void loadAll();
    // A copied link starts its run at once.
    if (query.peek().get('run') === '1' && !busy.peek() && !wrong) {
      const expected = hashIn(query.peek());
      changeQuery({ run: undefined, hash: undefined });
      startRun(draft.given, expected ? { expected } : {});
    }
  }, []);

  return (
    <div class="train" ref={page}>
      <div class="train-settings" data-control="settings">
        <SettingsForm draft={draft} disabled={busy.value} />
        <RunLink run={run} given={draft.given} />
      </div>
      <div class="train-lab">
        <RunButtons run={run} given={draft.given} wrong={wrong} />
        <OneThread />
        <LoadingBar />
        <AboutData />
        <section class="sheet" aria-label="The run">
          <Figures run={run} />
          <Curves given={draft.given} wrong={wrong} />
          <Result run={run} page={page.current} />
        </section>
        <HiddenUnits run={run} given={run?.given ?? draft.given} />
        <RunsTable />
        <p class="faint to-runs">
          To compare many runs at once, or to see the log of <code>longhand sweep</code>, open{' '}
          <a href={hrefOf('runs')}>Runs</a>.
        </p>
      </div>
    </div>
  );
}

/** The first letters of a hash in an address, if there are any. */
function hashIn(state: URLSearchParams): string | undefined {
  return /^[0-9a-f]{8,64}$/.exec(state.get('hash') ?? '')?.[0];
}
