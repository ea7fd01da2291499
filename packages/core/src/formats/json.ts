export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The value that a text of JSON says; undefined where it is none. */
export function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
