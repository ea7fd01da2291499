import { type SettingName, settingNamed } from '@longhand/core/settings';
import { computed, signal } from '@preact/signals';
import { NameInput } from '../../components/name-input.js';
import { saveFile } from '../../files/save.js';
import { labelOf } from '../../setting-labels.js';
import { csvOf, differingSettings, jsonOf, matches, settingText } from '../../state/compare-runs.js';
import { changeQuery, query } from '../../state/location.js';
import { recordOf } from '../../state/record-run.js';
import type { Run } from '../../state/run.js';
import { nameOf } from '../../state/run-figures.js';
import { writeRunLog } from '../../state/run-log.js';
import type { RunRecord } from '../../state/run-record.js';
import { busy, current, removeRun, runs } from '../../state/runs.js';
import { queryOf } from '../../state/settings-query.js';
import { percent, shortHash } from '../../text.js';

/** What the table is filtered by. */
const filter = signal('');
const listed = computed(() =>
  runs.value.filter((run) =>
    matches(filter.value, [
      ...[String(run.number), run.title.value, run.note.value, nameOf(run), run.about.value?.name ?? ''],
      run.trained.value?.sha256 ?? '',
    ]),
  ),
);

/** All runs, to compare them. */
export function RunsTable() {
  if (runs.value.length === 0) return null;
  const shown = listed.value;
  const differing = differingSettings(shown.map(({ given }) => given));
  return (
    <section class={`runs-part ${runs.value.length > 1 ? '' : 'alone'}`} aria-label="Runs so far">
      <h2>runs so far</h2>
      <div class="runs-tools">
        <label>
          filter{' '}
          <input
            class="runs-filter"
            value={filter.value}
            placeholder="words in a name, note or setting"
            onInput={({ currentTarget }) => {
              filter.value = currentTarget.value;
            }}
          />
        </label>
        <button type="button" class="quiet" onClick={() => saveRuns('csv')}>
          Save as CSV
        </button>
        <button type="button" class="quiet" onClick={() => saveRuns('json')}>
          Save as JSON
        </button>
        <button type="button" class="quiet" onClick={() => saveRuns('jsonl')}>
          Save as a log
        </button>
      </div>
      <div class="runs-scroll">
        <table class="runs">
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">name and note</th>
              {shown.length > 1 ? (
                differing.map((name) => (
                  <th scope="col" key={name}>
                    {headOf(name)}
                  </th>
                ))
              ) : (
                <th scope="col">settings, where not the board’s</th>
              )}
              <th scope="col">dev</th>
              <th scope="col">test</th>
              <th scope="col">hash</th>
              <th scope="col">
                <span class="hidden">actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => (
              <RunRow key={run.id} run={run} differing={shown.length > 1 ? differing : undefined} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="faint">
        {shown.length < runs.value.length && `${shown.length} of ${runs.value.length} runs. `}
        {shown.length > 1 &&
          (differing.length > 0
            ? 'The columns are the settings in which these runs differ.'
            : 'These runs have the same settings.')}{' '}
        You can drop logs here that <code>longhand train --log</code> wrote.
      </p>
    </section>
  );
}

function headOf(name: SettingName): string {
  return settingNamed(name).symbol ?? labelOf(name);
}

function RunRow({ run, differing }: { run: Run; differing: readonly SettingName[] | undefined }) {
  const trained = run.trained.value;
  const dev = run.dev.value;
  const isCurrent = run === current.value;
  return (
    <tr class={isCurrent ? 'lit' : ''}>
      <th scope="row">
        <button
          type="button"
          class="quiet"
          aria-pressed={isCurrent}
          aria-label={`Show run ${run.number}`}
          onClick={() => show(run)}
        >
          {run.number}
        </button>
      </th>
      <td>
        <NameInput
          class="run-title"
          value={run.title.value}
          placeholder="name"
          label={`Name of run ${run.number}`}
          title={nameOf(run)}
          onValue={(title) => {
            run.title.value = title;
          }}
        />
        <NameInput
          class="run-note"
          value={run.note.value}
          placeholder="note"
          label={`Note on run ${run.number}`}
          onValue={(note) => {
            run.note.value = note;
          }}
        />
      </td>
      {differing ? (
        differing.map((name) => (
          <td class="figures" key={name}>
            {settingText(run.given, name)}
          </td>
        ))
      ) : (
        <td>{nameOf(run)}</td>
      )}
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

/** Saves the runs of the table that have ended. */
function saveRuns(ending: 'csv' | 'json' | 'jsonl'): void {
  const records = listed
    .peek()
    .map(recordOf)
    .filter((record): record is RunRecord => record !== undefined);
  const text =
    ending === 'csv'
      ? csvOf(records)
      : ending === 'json'
        ? jsonOf(records)
        : records.map(writeRunLog).join('');
  saveFile(`longhand-runs.${ending}`, text, ending === 'csv' ? 'text/csv' : 'application/json');
}

function show(run: Run): void {
  current.value = run;
  if (!busy.peek())
    changeQuery({
      ...Object.fromEntries([...query.peek().keys()].map((key) => [key, undefined])),
      ...queryOf(run.given),
    });
}
