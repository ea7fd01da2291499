import { type Command, Help, type Option } from 'commander';
import type { Section } from './commands/row.js';
import { type Paint, padTo, painter } from './terminal/paint.js';
import { terminalOf } from './terminal/terminal.js';
import { wrap } from './terminal/wrap.js';

/** A description is not wrapped into fewer columns. */
const NARROWEST_DESCRIPTION = 30;

/**
 * How commander writes help: titles in bold, ranges and defaults dim, a command with its arguments.
 */
export function helpStyle() {
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  return {
    minWidthToWrap: 1,
    /** In a narrow terminal, descriptions stand below what they describe. */
    formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
      if (terminal.width - termWidth >= NARROWEST_DESCRIPTION)
        return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
      const lines = description.split('\n').flatMap((line) => wrap(line, terminal.width - 5));
      return [`  ${term}`, ...(description === '' ? [] : lines.map((line) => `    ${line}`))].join('\n');
    },
    // Ranges and defaults are part of it.
    optionDescription: (option: Option) => option.description,
    styleTitle: (title: string) => paint('bold', title),
    styleOptionTerm: (term: string) => paint('cyan', term),
    styleSubcommandTerm: (term: string) => paint('cyan', term),
    styleArgumentTerm: (term: string) => paint('cyan', term),
    styleOptionDescription: (description: string) =>
      description.replace(/\n\(.*\)$/, (facts) => paint('dim', facts)),
    subcommandTerm: (command: Command) =>
      [
        command.name(),
        ...command.registeredArguments.map((argument) => {
          const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
          return argument.required ? `<${name}>` : `[${name}]`;
        }),
      ].join(' '),
  };
}

/** What stands below the flags: the row's own sections, then examples. */
export function sectionsOf({
  sections = [],
  examples,
}: {
  readonly sections?: readonly Section[];
  readonly examples: readonly string[];
}): string {
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  const parts = sections.map((section) => drawSection(section, terminal.width, paint));
  const title = examples.length > 1 ? 'Examples:' : 'Example:';
  const lines = [paint('bold', title), ...examples.map((line) => `  ${line}`)];
  return [...parts, lines].map((part) => `\n${part.join('\n')}`).join('\n');
}

function drawSection({ title, items }: Section, width: number, paint: Paint): string[] {
  const longest = Math.max(...items.map(({ term }) => term.length));
  const lines = items.flatMap(({ term, description }) =>
    wrap(description, width - longest - 4).map(
      (line, k) => `  ${paint('cyan', padTo(k === 0 ? term : '', longest))}  ${line}`,
    ),
  );
  return [paint('bold', title), ...lines];
}
