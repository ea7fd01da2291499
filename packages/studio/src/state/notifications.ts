import { signal } from '@preact/signals';

/** A message at the bottom of the page, which screen readers read aloud. */
export interface Notice {
  readonly text: string;
  readonly kind: 'said' | 'done' | 'wrong';
}

export const notice = signal<Notice | undefined>(undefined);
/** The last message for screen readers only. */
export const spoken = signal('');

/** Has screen readers read a text aloud; nothing is shown. */
export function announce(text: string): void {
  spoken.value = text;
}

/** Shows for a while what happened, be it good or not. */
export function inform(text: string): void {
  notice.value = { text, kind: 'said' };
}

/** Shows for a while that something succeeded. */
export function notify(text: string): void {
  notice.value = { text, kind: 'done' };
}

/**
 * Shows what went wrong until the user closes it, and has it read aloud at once. What the page
 * itself cancelled (an AbortError) is not shown.
 */
export function showError(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  notice.value = { text: error instanceof Error ? error.message : String(error), kind: 'wrong' };
}
