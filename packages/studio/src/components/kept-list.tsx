import { useEffect, useState } from 'preact/hooks';
import { exportKept } from '../state/export-kept.js';
import { areModelsBack, keptChanges, keptSizes, storeProblem } from '../state/kept.js';
import { showError } from '../state/notifications.js';
import { amount, size } from '../text.js';

const NAMES = { model: 'model', run: 'run', drawing: 'drawing' } as const;

/** How much the browser keeps, or why it keeps nothing, and a button that saves all of it. */
export function KeptList() {
  const changes = keptChanges.value;
  const [sizes, setSizes] = useState<Awaited<ReturnType<typeof keptSizes>>>([]);
  useEffect(() => {
    void keptSizes().then(setSizes);
  }, [changes, areModelsBack.value]);
  if (storeProblem.value !== undefined) return <p class="red">{storeProblem.value}</p>;
  const words = sizes
    .filter(({ kind, items }) => kind !== 'progress' && items > 0)
    .map(({ kind, items, bytes }) => `${amount(items, NAMES[kind as 'run'])}, ${size(bytes)}`);
  if (words.length === 0) {
    return <p class="faint">This browser keeps your models, runs and drawings on your computer.</p>;
  }
  return (
    <p class="line">
      <span>
        This browser keeps <span class="figures">{words.join(' · ')}</span>
        <span class="faint"> on your computer</span>
      </span>
      <button type="button" onClick={() => exportKept().catch(showError)}>
        Save all
      </button>
    </p>
  );
}
