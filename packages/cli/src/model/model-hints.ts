import type { ModelReadOptions } from '@longhand/formats/models';

/** What a person says of a model of another program, whose file leaves it open. */
export type ModelHints = Omit<ModelReadOptions, 'beside'>;

let chosen: ModelHints = {};

/** Chooses them for the one command that this process runs, from the flags that were typed. */
export function chooseModelHints(flags: Readonly<Record<string, unknown>>): void {
  const { activation, output, orientation, classes } = flags as ModelHints & { readonly classes?: string };
  chosen = {
    ...(activation && { activation }),
    ...(output && { output }),
    ...(orientation && { orientation }),
    ...(classes !== undefined && { classNames: classes.split(',').map((name) => name.trim()) }),
  };
}

/** Those of this command. */
export function modelHints(): ModelHints {
  return chosen;
}
