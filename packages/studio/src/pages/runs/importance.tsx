import { useMemo } from 'preact/hooks';
import { type Importance, MIN_TRIALS, settingImportance } from '../../computations/setting-importance.js';
import { collection } from './choice.js';
import { settingHead } from './plot-axis.js';
import type { Collection } from './trial.js';

/** Above this, chance explains a share often enough not to believe it. */
const CHANCE = 0.05;

/** Which settings matter, and how sure that is. */
export function SettingsThatMatter() {
  const all = collection.value!;
  const found = useMemo(() => importanceOf(all), [all]);
  return (
    <section class="sheet importance" aria-labelledby="importance-title" data-part="importance">
      <h2 id="importance-title">which settings matter</h2>
      {found ? (
        <Shares found={found} noun={all.noun} count={all.comparable.size} />
      ) : (
        <p class="faint">
          {all.axes.length === 0
            ? `These ${all.noun}s have the same settings: there is nothing to compare.`
            : `There are too few results to say: ${all.comparable.size} of at least ${MIN_TRIALS}.`}
        </p>
      )}
    </section>
  );
}

function Shares({ found, noun, count }: { found: readonly Importance[]; noun: string; count: number }) {
  return (
    <>
      <p class="faint runs-hint">
        How much of the differences in dev accuracy each setting explains by itself. The thin line is where
        the share lies with about 90% confidence, judged by {count} {noun}s.
      </p>
      <table class="shares">
        <thead class="hidden">
          <tr>
            <th scope="col">setting</th>
            <th scope="col">drawing</th>
            <th scope="col">share, with its range</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ name, share, from, to, chance }) => (
            <tr key={name} class={chance > CHANCE ? 'unsure' : ''}>
              <th scope="row">{settingHead(name as never)}</th>
              <td class="share-cell" aria-hidden="true">
                <span class="share">
                  <span class="share-bar" style={{ width: `${100 * share}%` }} />
                  <span
                    class="share-range"
                    style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}
                  />
                </span>
              </td>
              <td class="figures">
                {whole(share)}%{' '}
                <span class="faint">
                  {chance > CHANCE ? 'could be chance' : `${whole(from)}–${whole(to)}%`}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <details class="faint">
        <summary>How this is computed</summary>
        <p>
          The {noun}s are grouped by the setting: by its choices, or into up to six ranges with equally many.
          The share is ε² (Kelley 1935): the part of the variance of the ranks that lies between the groups,
          minus the part that chance alone would explain. The range comes from leaving out one {noun} at a
          time (jackknife). “Could be chance”: values dealt out at random explained as much in more than 5% of
          999 shuffles. What two settings do only together is not in these shares. With successive halving, it
          takes the results of the first rung, in which all have trained equally long.
        </p>
      </details>
    </>
  );
}

const whole = (share: number) => Math.round(100 * share);

function importanceOf({ axes, trials, comparable }: Collection): readonly Importance[] | undefined {
  if (axes.length === 0) return undefined;
  const judged = trials.filter(({ id }) => comparable.has(id));
  const settings = axes.map(({ name, kind }) => ({
    name,
    values: judged.map(({ given }) => {
      const value = given[name];
      return kind === 'range' && typeof value === 'number' ? value : JSON.stringify(value ?? null);
    }),
  }));
  return settingImportance(
    settings,
    judged.map(({ id }) => comparable.get(id)!),
  );
}
