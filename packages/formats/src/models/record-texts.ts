/** The texts of a record in JSON, as `tensorsOf` gives them; `undefined` if it is none of ours. */
export function recordTexts(json: string): Record<string, string> | undefined {
  try {
    return asTexts(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** The same from a value of JSON. */
export function asTexts(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, text]) => typeof text === 'string')) return undefined;
  const texts = Object.fromEntries(entries) as Record<string, string>;
  return texts.format?.startsWith('longhand') ? texts : undefined;
}
