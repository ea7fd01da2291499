import { computed, signal } from '@preact/signals';
import { query } from './location.js';

/** How the page is shown in a frame of another page. */
export interface Frame {
  /** The part of the page that is shown alone; without one, the whole page. */
  readonly part: string | undefined;
  /** The names of the controls that are left out. */
  readonly hide: readonly string[];
}

/** Keys of an address that say how its page is shown. All others say what it shows. */
export const FRAME_KEYS = ['embed', 'part', 'hide', 'present'] as const;

/** Set by `embed=1` in the address. */
export const frame = computed<Frame | undefined>(() => {
  const state = query.value;
  if (state.get('embed') !== '1') return undefined;
  return { part: nameIn(state.get('part') ?? ''), hide: (state.get('hide') ?? '').split(',').filter(nameIn) };
});

/** Set by `present=1` in the address: for a projector, with larger type. */
export const isPresenting = computed(() => !frame.value && query.value.get('present') === '1');

/** The height of the window, or of the frame, in CSS pixels. */
export const windowHeight = signal(innerHeight);
addEventListener('resize', () => {
  windowHeight.value = innerHeight;
});

/** Names become part of a style sheet, so they have letters and hyphens only. */
function nameIn(text: string): string | undefined {
  return /^[a-z]+(-[a-z]+)*$/.test(text) ? text : undefined;
}
