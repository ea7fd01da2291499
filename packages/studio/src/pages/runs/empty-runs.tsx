import { readSweepLog } from '@longhand/sweep/log';
import { useState } from 'preact/hooks';
import { hrefOf } from '../../state/location.js';
import { showError } from '../../state/notifications.js';
import { showSweep } from '../../state/sweeps.js';

/** Opens the sweep that comes with the page. It is loaded only now. */
export async function openExample(): Promise<void> {
  const { default: text } = await import('./example-sweep.jsonl?raw');
  const name = 'example sweep';
  showSweep({ name, sweep: readSweepLog(name, text) });
}

/** What the page is for, before there is anything to compare. */
export function EmptyRuns() {
  return (
    <section class="sheet runs-empty" aria-labelledby="empty-title">
      <h2 id="empty-title">compare many runs</h2>
      <p>
        How large should the learning rate be? How many hidden units? Nobody knows beforehand: one tries many
        settings and keeps those that do best on examples held out for this (dev). Trying them in a row is
        called a <b>sweep</b>, and each attempt a <b>trial</b>.
      </p>
      <p>
        This page shows all trials of a sweep at once: which were best, and which settings made the
        difference.
      </p>
      <div class="runs-ways">
        <ExampleButton isMain />
        <p class="faint">
          Sixty networks for MNIST with settings drawn at random, trained on one machine. You need nothing
          else to look around.
        </p>
      </div>
      <h3>with your own runs</h3>
      <ol>
        <li>
          Run a sweep:{' '}
          <code>longhand sweep --vary alpha=log:0.01..1 --vary hidden=10,32,100 --log sweep.jsonl</code>
        </li>
        <li>
          Drop <code>sweep.jsonl</code> on this page, or choose it with <i>Open …</i> at the top. To watch a
          sweep while it runs: <code>longhand studio --log sweep.jsonl</code>
        </li>
      </ol>
      <p>
        Runs of the page <a href={hrefOf('train')}>Train</a> and logs of <code>longhand train --log</code>{' '}
        appear here, too.
      </p>
    </section>
  );
}

export function ExampleButton({ isMain = false }: { isMain?: boolean }) {
  const [isLoading, setLoading] = useState(false);
  async function show(): Promise<void> {
    setLoading(true);
    await openExample().catch(showError);
    setLoading(false);
  }
  return (
    <button type="button" class={isMain ? 'main' : 'quiet'} disabled={isLoading} onClick={() => void show()}>
      Show an example sweep
    </button>
  );
}
