import { signal } from '@preact/signals';
import { START_FILE } from './start-file.js';

/** What is kept of the exercise between visits. */
export interface Kept {
  readonly code: string;
  /** The most quantities that were right at once. */
  readonly best: number;
  /** The quantities of which the line was shown. */
  readonly shown: readonly string[];
}

const KEY = 'longhand exercise';
/** A longer program is no answer to this exercise. */
const MAX_CODE = 200_000;
const NEW: Kept = { code: START_FILE, best: 0, shown: [] };

/** In this browser alone. */
export const kept = signal<Kept>(remembered());

/** Keeps a change. Without storage, the page forgets it when it is closed. */
export function keep(change: Partial<Kept>): void {
  kept.value = { ...kept.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.value));
  } catch {
    // Nothing can be done.
  }
}

function remembered(): Kept {
  try {
    const { code, best, shown } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return {
      code: typeof code === 'string' && code.length <= MAX_CODE ? code : NEW.code,
      best: typeof best === 'number' && best >= 0 && best <= 15 ? best : 0,
      shown: Array.isArray(shown) ? shown.filter((name) => typeof name === 'string') : [],
    };
  } catch {
    return NEW;
  }
}
