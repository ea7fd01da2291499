import { computed, effect, signal } from '@preact/signals';
import { frame, isPresenting } from '../state/frame.js';

/** How the page is shown: as usual, in a frame of another page, or for a projector. */
export const viewed = computed(() => (frame.value ? 'frame' : isPresenting.value ? 'presented' : 'usual'));

/** What the two unusual views need, fetched when one of them is first used. */
const stage = signal<typeof import('./stage.js') | undefined>(undefined);

/** Whether the page can be shown: a frame does not show the whole page before its part. */
export const isReady = computed(() => viewed.value === 'usual' || stage.value !== undefined);

/** The bar of the unusual views, once it is there. */
export const StageBar = computed(() => stage.value?.StageBar);

effect(() => {
  document.documentElement.dataset.view = viewed.value;
  if (viewed.value !== 'usual' && !stage.peek()) {
    void import('./stage.js').then((loaded) => {
      stage.value = loaded;
    });
  }
});
