import type { Settings } from '@longhand/core';
import type { SettingName } from '@longhand/core/settings';
import type { ExitCode } from '../exit-code.js';
import type { Flag } from './flag.js';

/** A positional argument of a command. */
export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Takes all arguments that are left. */
  readonly many: boolean;
}

/**
 * All there is to say about a command, except how it works: help, parsing and types come from it.
 */
export interface CommandRow<
  Arguments extends readonly Argument[] = readonly Argument[],
  Flags extends Readonly<Record<string, Flag>> = Readonly<Record<string, Flag>>,
  Name extends SettingName = SettingName,
> {
  readonly name: string;
  /** What the list of commands says, as an order: `Measure a model on the test set`. */
  readonly summary: string;
  /** How its own help begins. */
  readonly description: string;
  readonly arguments: Arguments;
  /** By their names in code: `devEvery` is typed `--dev-every`. */
  readonly flags: Flags;
  /** The settings of a run that it takes as flags. */
  readonly settings: readonly Name[];
  /** The headings of the help in their order, if there are more flags than one list can hold. */
  readonly groups?: readonly string[];
  /** The heading under which a setting's flag stands. */
  readonly groupOf?: (setting: SettingName) => string;
  /** Command lines, as one types them. */
  readonly examples: readonly string[];
  /** More to read, below the flags. */
  readonly sections?: readonly Section[];
  /** What it is called elsewhere, for "Did you mean …?". */
  readonly elsewhere?: readonly string[];
  /** Flags that have another name today, or that other programs have. */
  readonly misnamed?: Readonly<Record<string, string>>;
}

/** Where the help lists what every command has. */
export const GENERAL = 'General:';

/** A titled list in a command's help. */
export interface Section {
  readonly title: string;
  readonly items: readonly { readonly term: string; readonly description: string }[];
}

/** Flags that every command has. */
interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

type ValueOfArgument<A extends Argument> = A['many'] extends true
  ? readonly string[]
  : A['required'] extends true
    ? string
    : string | undefined;

type ValuesOf<Arguments extends readonly Argument[]> = {
  -readonly [K in keyof Arguments]: ValueOfArgument<Arguments[K]>;
};

type ValueOfFlag<F> = F extends Flag<infer Value> ? Value : never;
type WithDefault<F> = { [K in keyof F]: F[K] extends { readonly default: unknown } ? K : never }[keyof F];

/** What a command is called with, from its row: flags with a default are always there. */
export type FlagsOf<R extends CommandRow> = CommonFlags & {
  readonly [K in Exclude<keyof R['flags'], WithDefault<R['flags']>>]?: ValueOfFlag<R['flags'][K]>;
} & {
  readonly [K in WithDefault<R['flags']>]: ValueOfFlag<R['flags'][K]>;
} & Partial<Pick<Settings, R['settings'][number]>>;

/** The function that a row's command runs: its arguments in their order, then its flags. */
export type Run<R extends CommandRow> = (
  ...values: [...ValuesOf<R['arguments']>, FlagsOf<R>]
) => Promise<ExitCode>;

/** A row, with the exact types of what is in it. */
export function describeCommand<
  const Arguments extends readonly Argument[],
  const Flags extends Readonly<Record<string, Flag>>,
  const Name extends SettingName = never,
>(row: CommandRow<Arguments, Flags, Name>): CommandRow<Arguments, Flags, Name> {
  return row;
}
