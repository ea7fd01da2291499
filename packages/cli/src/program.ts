import { createRequire } from 'node:module';
import { SETTINGS } from '@longhand/core';
import { Command, Option } from 'commander';
import { type Flag, kebab } from './commands/flag.js';
import { COMMANDS, type RegisteredCommand } from './commands/registry.js';
import { type CommandRow, GENERAL } from './commands/row.js';
import { flagOfSetting } from './commands/setting-flags.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { helpStyle, sectionsOf } from './help.js';
import { UsageError } from './usage-error.js';

const EXAMPLES = ['longhand train', 'longhand predict model.safetensors my-seven.png'];

/**
 * Runs one command. What it needs is loaded when it is called, so that reading one digit does not
 * wait for tables, progress bars and workers.
 *
 * @throws CommanderError for wrong usage, LonghandError for bad input
 */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = createProgram(async (command, values) => {
    code = await command.run(values);
  });
  checkCommandName(args);
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: 'user' });
  return code;
}

/** @throws UsageError for the name of a command in another program, or for no command after `help` */
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

function createProgram(run: (command: RegisteredCommand, values: unknown[]) => Promise<void>): Command {
  const program = new Command('longhand')
    .description(
      'A neural network for handwritten digits. It learns MNIST in seconds, and you can inspect every number in it.',
    )
    .version(createRequire(import.meta.url)('../package.json').version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command]', 'Print the help of a command')
    .configureHelp(helpStyle())
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', sectionsOf({ examples: EXAMPLES }));
  for (const command of COMMANDS) {
    const { row } = command;
    addFlags(program.command(row.name), row)
      .summary(row.summary)
      .description(row.description)
      .addHelpText('after', sectionsOf(row))
      .action(async (...values) => {
        // Commander gives the arguments, the flags, and itself.
        await run(command, values.slice(0, row.arguments.length + 1));
      });
  }
  return program;
}

function addFlags(command: Command, row: CommandRow): Command {
  for (const { name, description, required, many } of row.arguments) {
    const dots = many ? '...' : '';
    command.argument(required ? `<${name}${dots}>` : `[${name}${dots}]`, description);
  }
  const { flags, groupOf } = row;
  const own = Object.entries(flags);
  const settings = SETTINGS.filter(({ name }) => row.settings.includes(name));
  const ofRun = settings.map(
    (setting) => [setting.name, flagOfSetting(setting, groupOf?.(setting.name))] as const,
  );
  const all = [...own, ...ofRun];
  const titles = [undefined, ...(row.groups ?? [])];
  const inOrder = titles.flatMap((title) => all.filter(([, { group }]) => group === title));
  for (const [name, flag] of inOrder) command.addOption(optionOf(name, flag));
  // The help names them beside the setting's own flag.
  for (const setting of settings) {
    for (const alias of setting.aliases ?? [])
      command.addOption(optionOf(alias, flagOfSetting(setting)).hideHelp());
  }
  for (const [name, flag] of Object.entries({ ...row.misnamed })) {
    // Commander suggests only what is visible, so the old name itself never comes up.
    command.addOption(new Option(`--${kebab(name)} [value]`).hideHelp());
    command.on(`option:${kebab(name)}`, () => {
      throw new UsageError(`unknown option '--${kebab(name)}' (Did you mean --${kebab(flag)}?)`);
    });
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

function optionOf(name: string, { argument, description, facts = [], group, ...flag }: Flag): Option {
  const long = `--${flag.negated ? 'no-' : ''}${kebab(name)}`;
  const told = facts.length > 0 ? `${description}\n(${facts.join('; ')})` : description;
  const option = new Option(argument ? `${long} ${argument}` : long, told);
  const { parse } = flag;
  if (parse) option.argParser((text) => parse(text, long));
  if (flag.default !== undefined && !flag.negated) option.default(flag.default);
  if (group) option.helpGroup(group);
  return option;
}
