import { createRequire } from 'node:module';
import { SETTINGS } from '@longhand/core/settings';
import { Command, CommanderError, Option } from 'commander';
import { type Flag, flagOfSetting } from './commands/flag.js';
import { COMMANDS, type RegisteredCommand } from './commands/registry.js';
import { type CommandRow, GENERAL } from './commands/row.js';
import { chooseFetchOptions } from './data/fetch-options.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { kebab, rememberSettings, rememberTyped } from './flag-name.js';
import { helpStyle, sectionsOf } from './help.js';
import { chooseModelHints } from './model/model-hints.js';
import { print } from './streams.js';
import { suggestFlag } from './suggest-flag.js';
import { terminalOf } from './terminal/terminal.js';
import { UsageError } from './usage-error.js';

const EXAMPLES = ['longhand train', 'longhand predict model.safetensors my-seven.png'];

/**
 * Runs one command. What it needs is loaded when it is called, so that recognizing one digit does
 * not wait for tables, progress bars and workers.
 *
 * @throws CommanderError for wrong usage, LonghandError for bad input
 */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = createProgram(args, async (command, values) => {
    code = await command.run(values);
  });
  checkCommandName(args);
  if (args.length === 0) program.outputHelp();
  else {
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      throw withSuggestion(error, program, args);
    }
  }
  return code;
}

/**
 * @throws UsageError for the name of a command in other programs, or for no command after `help`
 */
function checkCommandName([first, second]: readonly string[]): void {
  const name = first === 'help' ? second : first;
  if (name === undefined || COMMANDS.some(({ row }) => row.name === name)) return;
  const meant = COMMANDS.find(({ row }) => row.elsewhere?.includes(name));
  if (meant) throw new UsageError(`unknown command '${name}' (Did you mean ${meant.row.name}?)`);
  if (first === 'help' && !name.startsWith('-')) {
    const names = COMMANDS.map(({ row }) => row.name).join(', ');
    throw new UsageError(`unknown command '${name}': expected one of ${names}`);
  }
}

/**
 * Commander suggests flags that are spelled alike; names from elsewhere or from before are in the
 * rows.
 */
function withSuggestion(error: unknown, program: Command, args: readonly string[]): unknown {
  if (!(error instanceof CommanderError) || error.code !== 'commander.unknownOption') return error;
  const row = COMMANDS.find((command) => command.row.name === args[0])?.row;
  const command = program.commands.find((candidate) => candidate.name() === args[0]);
  const [unknown] = command?.parseOptions(args.slice(1)).unknown ?? [];
  const typed = unknown?.split('=')[0];
  const meant = row && typed && suggestFlag(typed, row);
  if (meant === 'none') return new UsageError(`unknown option '${typed}'`);
  return meant ? new UsageError(`unknown option '${typed}' (Did you mean --${kebab(meant)}?)`) : error;
}

/** Only the command that is named gets its flags: there are 300 of them in all. */
function createProgram(
  args: readonly string[],
  run: (command: RegisteredCommand, values: unknown[]) => Promise<void>,
): Command {
  const program = new Command('longhand')
    .description(
      'A neural network for handwritten digits. It learns MNIST in seconds, and you can inspect every number in it.',
    )
    .version(createRequire(import.meta.url)('../package.json').version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command]', 'Print the help of a command')
    .configureHelp(helpStyle())
    .configureOutput({
      outputError: () => undefined,
      writeOut: (text) => print(text.replace(/\n$/, '')),
      getOutHelpWidth: () => terminalOf(process.stdout).width,
    })
    .exitOverride()
    .addHelpText('after', () => sectionsOf({ examples: EXAMPLES }));
  for (const command of COMMANDS) {
    const { row } = command;
    const added = program.command(row.name).summary(row.summary);
    for (const { name, description, required, many } of row.arguments) {
      const dots = many ? '...' : '';
      added.argument(required ? `<${name}${dots}>` : `[${name}${dots}]`, description);
    }
    if (args.includes(row.name)) addAll(added, command, run);
  }
  return program;
}

/** All that one command has beyond its name and arguments. */
function addAll(
  command: Command,
  registered: RegisteredCommand,
  run: (command: RegisteredCommand, values: unknown[]) => Promise<void>,
): void {
  const { row } = registered;
  addFlags(command, row)
    .description(row.description)
    .addHelpText('after', () => sectionsOf(row))
    .action(async (...values) => {
      // Commander gives the arguments, the flags, and itself.
      const typed = values.slice(0, row.arguments.length);
      const flags = mergeAliases(values[row.arguments.length] as object, flagsOf(row));
      chooseFetchOptions(flags as Readonly<Record<string, unknown>>);
      rememberSettings(row.settings);
      chooseModelHints(flags as Readonly<Record<string, unknown>>);
      await run(registered, [...typed, flags]);
    });
}

function addFlags(command: Command, row: CommandRow): Command {
  const titles = [undefined, ...(row.groups ?? [])];
  const all = Object.entries(flagsOf(row));
  const inOrder = titles.flatMap((title) => all.filter(([, { group }]) => group === title));
  for (const [name, flag] of inOrder) {
    command.addOption(optionOf(name, flag));
    // The help names them beside the flag's own name.
    for (const alias of flag.aliases ?? []) command.addOption(optionOf(alias, flag, name).hideHelp());
  }
  const general = titles.length > 1 ? GENERAL : 'Options:';
  return command
    .addOption(
      new Option('--json', 'Print one JSON document on stdout, and nothing else there.').helpGroup(general),
    )
    .addOption(
      new Option('--quiet', 'Print the result only: no progress, pictures or advice.').helpGroup(general),
    )
    .addHelpOption(new Option('-h, --help', 'Print this help.').helpGroup(general));
}

/** The flags of a row, its settings among them. */
function flagsOf({ flags, settings, groupOf }: CommandRow): Readonly<Record<string, Flag>> {
  const ofRun = SETTINGS.filter(({ name }) => settings.includes(name)).map(
    (setting) => [setting.name, flagOfSetting(setting, groupOf?.(setting.name))] as const,
  );
  return { ...flags, ...Object.fromEntries(ofRun) };
}

/**
 * Flags under their own names only.
 *
 * @throws UsageError for two names of one flag with two values
 */
function mergeAliases(typed: object, flags: Readonly<Record<string, Flag>>): object {
  const merged = { ...typed } as Record<string, unknown>;
  for (const [name, { aliases = [] }] of Object.entries(flags)) {
    let from = name;
    for (const alias of aliases) {
      const value = merged[alias];
      delete merged[alias];
      if (value === undefined) continue;
      if (merged[name] !== undefined && merged[name] !== value) {
        throw new UsageError(
          `--${kebab(alias)} ${value}: means the same as --${kebab(from)} ${merged[name]}: pass only one of them`,
        );
      }
      merged[name] = value;
      from = alias;
    }
  }
  return merged;
}

/** @param meant the flag's own name, if this is another one */
function optionOf(name: string, flag: Flag, meant = name): Option {
  const { argument, description, group, aliases = [] } = flag;
  const also = aliases.length > 0 ? [`also ${aliases.map((alias) => `--${kebab(alias)}`).join(', ')}`] : [];
  const facts = [...also, ...(flag.facts ?? [])];
  const long = `--${flag.negated ? 'no-' : ''}${kebab(name)}`;
  const told = facts.length > 0 ? `${description}\n(${facts.join('; ')})` : description;
  const option = new Option(argument ? `${long} ${argument}` : long, told);
  const { parse } = flag;
  if (parse) {
    option.argParser<unknown>((text, before) => {
      rememberTyped(meant, name);
      const value = parse(text, long);
      return flag.isList ? [...((before ?? []) as unknown[]), ...(value as unknown[])] : value;
    });
  }
  if (flag.default !== undefined && !flag.negated) option.default(flag.default);
  if (group) option.helpGroup(group);
  return option;
}
