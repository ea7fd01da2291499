import { useState } from 'preact/hooks';
import { saveFile } from '../../files/save.js';
import { count, shortHash } from '../../text.js';
import { brushes, chosen, clearFilters, collection, filtered, pointed, toggle, words } from './choice.js';
import { numberText, settingHead, settingValueText } from './plot-axis.js';
import type { Collection, Trial } from './trial.js';
import { csvOfTrials } from './trials-csv.js';

/** Rows before the table is opened to its whole length. */
const FIRST_ROWS = 12;

/** The trials as a table, the best first. */
export function TrialsTable() {
  const [isWhole, setWhole] = useState(false);
  const all = collection.value!;
  const left = filtered.value;
  const rows = isWhole ? left : left.slice(0, FIRST_ROWS);
  const isFiltered = brushes.value.size > 0 || words.value !== '';
  return (
    <section class="sheet trials-part" aria-labelledby="trials-title" data-part="table">
      <div class="runs-head">
        <h2 id="trials-title">{all.noun}s, the best first</h2>
        <span class="trials-tools">
          <label>
            filter{' '}
            <input
              class="trials-filter"
              value={words.value}
              placeholder="words in a setting or hash"
              onInput={({ currentTarget }) => {
                words.value = currentTarget.value;
              }}
            />
          </label>
          <button type="button" class="quiet" disabled={!isFiltered} onClick={clearFilters}>
            Clear filters
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => saveFile(`longhand-${all.noun}s.csv`, csvOfTrials(all, left), 'text/csv')}
          >
            Save as CSV
          </button>
        </span>
      </div>
      <section class="trials-scroll" aria-label={`The ${all.noun}s as a table`}>
        <table class="trials">
          <Head all={all} />
          <tbody>
            {rows.map((trial) => (
              <Row key={trial.id} trial={trial} all={all} rank={all.trials.indexOf(trial) + 1} />
            ))}
          </tbody>
        </table>
      </section>
      {left.length === 0 && <p class="faint">No {all.noun} passes the filters.</p>}
      {left.length > FIRST_ROWS && (
        <button type="button" class="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? `Show the best ${FIRST_ROWS}` : `Show all ${count(left.length)}`}
        </button>
      )}
    </section>
  );
}

/** Columns that all trials have alike are left out. */
function columnsOf({ trials }: Collection): { readonly hasRungs: boolean; readonly hasEpochs: boolean } {
  const lengths = trials.flatMap(({ epochs }) => (epochs === undefined ? [] : [epochs]));
  return { hasRungs: trials.some(({ rung }) => rung > 1), hasEpochs: new Set(lengths).size > 1 };
}

function Head({ all }: { all: Collection }) {
  const { axes, noun } = all;
  const { hasRungs, hasEpochs } = columnsOf(all);
  return (
    <thead>
      <tr>
        <th scope="col">
          <span class="hidden">curve</span>
        </th>
        <th scope="col">rank</th>
        <th scope="col">{noun}</th>
        <th scope="col">dev accuracy</th>
        {axes.map(({ name }) => (
          <th scope="col" key={name}>
            {settingHead(name)}
          </th>
        ))}
        <th scope="col">dev loss</th>
        {hasRungs && <th scope="col">rung</th>}
        {hasEpochs && <th scope="col">epochs</th>}
        <th scope="col">hash</th>
      </tr>
    </thead>
  );
}

function Row({ trial, all, rank }: { trial: Trial; all: Collection; rank: number }) {
  const { id, label, given, dev, epochs, sha256, reason, rung } = trial;
  const { hasRungs, hasEpochs } = columnsOf(all);
  const isChosen = chosen.value.some((one) => one.id === id);
  return (
    <tr class={`${isChosen ? 'lit' : ''} ${pointed.value === id ? 'pointed' : ''}`}>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!dev}
          aria-label={`Show the curve of ${label}`}
          onChange={() => toggle(trial)}
        />
      </td>
      <td class="figures">{dev ? rank : '–'}</td>
      <th scope="row" class="figures">
        {label.replace(/^(trial|run) /, '')}
      </th>
      <td class="figures">
        {dev ? (
          <>
            <b>{(100 * dev.accuracy).toFixed(2)}%</b>
            {dev.deviation !== undefined && <span class="faint"> ± {(100 * dev.deviation).toFixed(2)}</span>}
          </>
        ) : (
          <span class={reason === undefined ? 'faint' : 'red'} title={reason}>
            {reason === undefined ? 'to come' : 'failed'}
          </span>
        )}
      </td>
      {all.axes.map(({ name }) => (
        <td class="figures" key={name}>
          {settingValueText(name, given[name])}
        </td>
      ))}
      <td class="figures">{dev ? dev.loss.toFixed(3) : '–'}</td>
      {hasRungs && <td class="figures">{rung || '–'}</td>}
      {hasEpochs && <td class="figures">{epochs === undefined ? '–' : numberText(epochs)}</td>}
      <td class="figures">{sha256 ? shortHash(sha256) : '–'}</td>
    </tr>
  );
}
