import { signal } from '@preact/signals';

/** How the board begins where the address does not say: a step at a time, or all of it at once. */
export type View = 'steps' | 'all';

const KEY = 'longhand board';

/** What the visitor last chose on the board. Nothing: this browser has not been here before. */
export const preferredView = signal<View | undefined>(remembered());

/** Remembers how the visitor likes to see the board, and that the tour is not to open again. */
export function preferView(view: View): void {
  preferredView.value = view;
  try {
    localStorage.setItem(KEY, view);
  } catch {
    // Without storage the page forgets it when it is closed.
  }
}

function remembered(): View | undefined {
  try {
    const view = localStorage.getItem(KEY);
    return view === 'steps' || view === 'all' ? view : undefined;
  } catch {
    return undefined;
  }
}
