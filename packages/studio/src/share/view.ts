import { computed, effect, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { frame, isPresenting } from '../state/frame.js';

/** How the page is shown: as usual, in a frame of another page, or for a projector. */
export const viewed = computed(() => (frame.value ? 'frame' : isPresenting.value ? 'presented' : 'usual'));

/** The bar of the two unusual views, which sets them up. It is fetched when one is first used. */
export const bar = signal<ComponentType<{ readonly title: string }> | undefined>(undefined);

/** Whether the page can be shown: a frame does not show the whole page before its part. */
export const isReady = computed(() => viewed.value === 'usual' || bar.value !== undefined);

effect(() => {
  document.documentElement.dataset.view = viewed.value;
  if (viewed.value === 'usual' || bar.peek()) return;
  void import('./stage.js').then(({ StageBar }) => {
    bar.value = StageBar;
  });
});
