import { computed, signal } from '@preact/signals';
import { matches } from '../../state/compare-runs.js';
import { runs } from '../../state/runs.js';
import { shownSource, sweeps } from '../../state/sweeps.js';
import { accuracyAxis, type PlotAxis, settingAxis, settingValueText } from './plot-axis.js';
import type { Collection, Trial } from './trial.js';
import { trialsOfRuns } from './trials-of-runs.js';
import { trialsOfSweep } from './trials-of-sweep.js';

/** What the page compares; nothing if there is nothing yet. */
export const collection = computed((): Collection | undefined => {
  const opened = sweeps.value.find(({ name }) => name === shownSource.value);
  if (opened) return trialsOfSweep(opened);
  if (runs.value.length > 0) return trialsOfRuns(runs.value);
  return sweeps.value[0] && trialsOfSweep(sweeps.value[0]);
});

/** Of each axis that is narrowed, from where to where (0–1). */
export type Brushes = ReadonlyMap<string, readonly [number, number]>;
export const brushes = signal<Brushes>(new Map());
/** Words that a trial must have. */
export const words = signal('');
/** The trials whose curves are shown, by id; without one, the best. */
const picked = signal<readonly string[] | undefined>(undefined);
/** The trial under the mouse. */
export const pointed = signal<string | undefined>(undefined);

/** So many curves can be told apart. */
const MAX_CHOSEN = 6;
const FIRST_CHOSEN = 3;

/** The axes of the collection: its settings, and the accuracy on dev. */
export const axes = computed(() => {
  const all = collection.value;
  const settings = (all?.axes ?? []).map(settingAxis);
  const dev = accuracyAxis((all?.trials ?? []).flatMap((trial) => (trial.dev ? [trial.dev.accuracy] : [])));
  return { settings, dev };
});

/** Where a trial is on an axis. */
export function placeOn(axis: PlotAxis, trial: Trial): number | undefined {
  return axis.name === 'dev'
    ? axis.place(trial.dev?.accuracy)
    : axis.place((trial.given as Readonly<Record<string, unknown>>)[axis.name]);
}

/** The same, for a drawing: trials with the same choice stand around it, a little apart. */
export function drawnPlace(axis: PlotAxis, trial: Trial, index: number): number | undefined {
  const place = placeOn(axis, trial);
  if (place === undefined || !axis.isChoice) return place;
  const PLACES = 11;
  const WIDTH = 0.5;
  // 7 and 11 have no common factor: neighbors in the ranking do not stand beside each other.
  const part = ((index * 7) % PLACES) / (PLACES - 1) - 0.5;
  return place + part * WIDTH * axis.step;
}

const ALMOST = 1e-6;

/** The trials that the brushes and the words leave. */
export const filtered = computed((): readonly Trial[] => {
  const all = collection.value;
  if (!all) return [];
  const { settings, dev } = axes.value;
  const narrowed = [...settings, dev].flatMap((axis) => {
    const range = brushes.value.get(axis.name);
    return range ? [{ axis, range }] : [];
  });
  return all.trials.filter((trial) => {
    const texts = all.axes.map(({ name }) => `${name} ${settingValueText(name, trial.given[name])}`);
    if (!matches(words.value, [trial.label, trial.sha256 ?? '', trial.reason ?? '', ...texts])) return false;
    return narrowed.every(({ axis, range: [from, to] }) => {
      const place = placeOn(axis, trial);
      return place !== undefined && place >= from - ALMOST && place <= to + ALMOST;
    });
  });
});

/** The trials whose curves are shown. */
export const chosen = computed((): readonly Trial[] => {
  const all = filtered.value;
  const ids = picked.value;
  if (!ids) return all.filter(({ dev }) => dev).slice(0, FIRST_CHOSEN);
  return (collection.value?.trials ?? []).filter(({ id }) => ids.includes(id));
});

/** Adds a trial to the chosen ones, or takes it away. The one that was chosen first makes room. */
export function toggle({ id }: Trial): void {
  const ids = chosen.peek().map((one) => one.id);
  picked.value = ids.includes(id)
    ? ids.filter((other) => other !== id)
    : [...ids.slice(ids.length >= MAX_CHOSEN ? 1 : 0), id];
}

export function chooseBest(): void {
  picked.value = undefined;
}

export const hasPicked = computed(() => picked.value !== undefined);

export function narrow(axis: PlotAxis, range: readonly [number, number] | undefined): void {
  const next = new Map(brushes.peek());
  if (range) next.set(axis.name, range);
  else next.delete(axis.name);
  brushes.value = next;
}

export function clearFilters(): void {
  brushes.value = new Map();
  words.value = '';
}

/** Shows another sweep, or the runs of Train. */
export function showSource(name: string | undefined): void {
  shownSource.value = name;
  clearFilters();
  picked.value = undefined;
}
