import { signal } from '@preact/signals';

/** Something to tell: read out by a screen reader, and shown for a while at the foot of the page. */
export interface Notice {
  readonly text: string;
  readonly kind: 'said' | 'done' | 'wrong';
}

export const notice = signal<Notice | undefined>(undefined);
/** What a screen reader alone is told. */
export const spoken = signal('');

/** Tells a screen reader, and nobody else. */
export function announce(text: string): void {
  spoken.value = text;
}

/** Something went well: shown and read out. */
export function notify(text: string): void {
  notice.value = { text, kind: 'done' };
}

/**
 * Something went wrong: one clear line, shown until it is closed, and read out at once. What the page
 * itself cancelled (an AbortError) is no news.
 */
export function showError(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  notice.value = { text: error instanceof Error ? error.message : String(error), kind: 'wrong' };
}
