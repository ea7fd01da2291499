import { FRAME_KEYS } from '../state/frame.js';
import { hrefOf } from '../state/location.js';

/** The address of what a page shows, without the keys that say how. */
export function plainLink(page: string, query: URLSearchParams): string {
  return linkWith(page, query, {});
}

/** The address of a page in another form: in a frame, or for a projector. */
export function linkWith(
  page: string,
  query: URLSearchParams,
  view: Readonly<Record<string, string | undefined>>,
): string {
  const state = new URLSearchParams(query);
  for (const key of FRAME_KEYS) state.delete(key);
  for (const [key, value] of Object.entries(view)) if (value && !state.has(key)) state.set(key, value);
  return new URL(hrefOf(page, state), location.href).href;
}
