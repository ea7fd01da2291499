/** How the names begin of what pages remember in localStorage: progress of the course, how Board is shown … */
const PREFIX = 'longhand ';

/** What the pages remember, by its names. */
export function remembered(): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(localStorage).filter(([name]) => name.startsWith(PREFIX)));
  } catch {
    return {};
  }
}

/** Remembers what another browser did, where this one remembers nothing. A page shows it when it is opened next. */
export function remember(all: unknown): void {
  if (typeof all !== 'object' || all === null) return;
  for (const [name, value] of Object.entries(all)) {
    if (!name.startsWith(PREFIX) || typeof value !== 'string') continue;
    try {
      if (localStorage.getItem(name) === null) localStorage.setItem(name, value);
    } catch {
      return;
    }
  }
}
