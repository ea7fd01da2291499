import { changeQuery, query } from '../../state/location.js';
import { busy, current, type Run, removeRun, runs } from '../../state/runs.js';
import { percent, shortHash } from '../../text.js';
import { queryOf } from './draft.js';

/** All runs since the page was opened, to compare them. */
export function RunsTable() {
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
      <td class="figures">
        {trained?.test
          ? percent(trained.test.accuracy, 2)
          : run.state.value === 'closed'
            ? 'not opened'
            : run.state.value}
      </td>
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
