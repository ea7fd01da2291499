/** How data are fetched that are asked for by name. */
export interface FetchOptions {
  /** The folder of the cache, if it was named. */
  readonly cache?: string | undefined;
  /** Whether progress is not shown. */
  readonly quiet?: boolean | undefined;
}

let chosen: FetchOptions = {};

/** Chooses it for the one command that this process runs, from the flags that were typed. */
export function chooseFetchOptions({ dataCache, quiet }: Readonly<Record<string, unknown>>): void {
  chosen = {
    cache: typeof dataCache === 'string' ? dataCache : undefined,
    quiet: quiet === true,
  };
}

export function fetchOptions(): FetchOptions {
  return chosen;
}
