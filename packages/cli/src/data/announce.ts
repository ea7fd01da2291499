import type { ReadData } from '@longhand/formats/data';
import { log } from '../streams.js';

/** What was taken from the files of `--data`. */
export type Taken = Pick<ReadData, 'kind' | 'label' | 'ignored' | 'notes' | 'warnings'>;

/** Prints what was taken from the files and how; with `--quiet`, only what may well be wrong. */
export function announce(name: string, taken: Taken | undefined, quiet = false): void {
  if (!taken) return;
  const { kind, notes, warnings = [] } = taken;
  if (!quiet) log([`Data: ${name} (${kind})`, ...notes.map((note) => `  ${note}`)].join('\n'));
  for (const warning of warnings) log(`Warning: ${warning}`);
}

/** The same in the document of `--json`. */
export function takenAsJson({ kind, label, ignored, notes, warnings = [] }: Taken): object {
  return { kind, label: label ?? null, ...(ignored && { ignored }), notes, warnings };
}
