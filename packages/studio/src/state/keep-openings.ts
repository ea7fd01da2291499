import { effect } from '@preact/signals';
import { update } from './kept.js';
import { addedSince, openings, sumOf } from './openings.js';

const ID = 'openings';
type Counts = typeof openings.value;

/**
 * Keeps the count of openings until the page is closed. Other tabs count, too: each adds what it has counted to
 * what is in the store.
 *
 * @param before what was in the store
 */
export function keepOpenings(before: Counts): void {
  let counted = before;
  openings.value = sumOf(before, openings.peek());
  effect(() => {
    const now = openings.value;
    const added = addedSince(counted, now);
    counted = now;
    if (!added) return;
    void update<Counts>('progress', ID, (stored = {}) => sumOf(stored, added)).then((all) => {
      if (!all || openings.peek() !== now) return;
      counted = all;
      openings.value = all;
    });
  });
}
