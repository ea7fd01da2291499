import { computed, signal } from '@preact/signals';

/** The names of the pages. They are told by the app, since the pages themselves import this file. */
let names: readonly string[] = [];

/**
 * The page that is shown and its state. All of it is in the address after `#`, so a link holds
 * everything.
 */
interface Place {
  readonly page: string;
  readonly query: URLSearchParams;
}

/** Keys of a page's state in the address. `undefined` removes a key. */
export type QueryChange = Readonly<Record<string, string | number | undefined>>;

const current = signal<Place>(readPlace(location.hash));

/** Sets which pages there are. An address that names none of them shows the first. */
export function setPages(pages: readonly string[]): void {
  names = pages;
  current.value = readPlace(location.hash);
}

export const page = computed(() => current.value.page);
export const query = computed(() => current.value.query);

addEventListener('hashchange', () => {
  current.value = readPlace(location.hash);
});

/** `#/train?seed=2` → page and query. An unknown page name means the first page. */
function readPlace(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const page = names.find((name) => name === path.toLowerCase()) ?? names[0] ?? '';
  return { page, query: new URLSearchParams(search) };
}

/** The address of a page with a state, for `href`. */
export function hrefOf(page: string, state: QueryChange | URLSearchParams = {}): string {
  const search =
    state instanceof URLSearchParams
      ? state
      : new URLSearchParams(
          Object.entries(state).flatMap(([key, value]) =>
            value === undefined ? [] : [[key, String(value)]],
          ),
        );
  // These characters are allowed there, and are easier to read.
  const text = String(search)
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%5B/g, '[')
    .replace(/%5D/g, ']');
  return `#/${page}${text ? `?${text}` : ''}`;
}

/** The full address of a page with a state, to copy. */
export function linkTo(page: string, state: QueryChange | URLSearchParams): string {
  return new URL(hrefOf(page, state), location.href).href;
}

/**
 * Changes keys of this page's state. It replaces the address, so the Back button leads to the
 * previous page.
 */
export function changeQuery(change: QueryChange): void {
  const next = new URLSearchParams(current.value.query);
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) next.delete(key);
    else next.set(key, String(value));
  }
  if (String(next) === String(current.value.query)) return;
  current.value = { page: current.value.page, query: next };
  history.replaceState(null, '', hrefOf(current.value.page, next));
}
