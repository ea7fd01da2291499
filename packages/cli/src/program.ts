import { createRequire } from 'node:module';
import { PRESETS } from '@longhand/core';
import { Command } from 'commander';
import { EXIT, type ExitCode } from './exit-code.js';
import { addSettings, seedOption } from './run-flags.js';
import { painter } from './terminal/paint.js';
import { terminalOf } from './terminal/terminal.js';

const JSON_FLAG = 'Print one JSON document on stdout and nothing else there.';
const QUIET_FLAG = 'Print the result alone: no progress, no pictures, no advice.';
const PRESET_FLAG = `Settings by a name; flags given beside it stand over them. ${PRESETS.map(
  ({ name, explanation }) => `${name}: ${explanation}`,
).join(' ')}`;
const DATA_FLAG =
  "Data in place of MNIST: a folder with four IDX files named as MNIST's, whose classes a file classes.txt names, one a line (of " +
  'Fashion-MNIST they are known), or a CSV file with a header, a column label (or class, target, y; otherwise the first) and numbers.';

/** In the list of commands; each command's own help says more. */
const SUMMARIES = {
  train: 'Trains a network, saves it and tests it.',
  runs: 'Compares runs by their logs.',
  evaluate: 'Says how well a model does on the test set.',
  predict: 'Reads pictures of digits.',
  check: 'Proves every gradient by finite differences.',
  reproduce: "What the notebook's mistakes cost.",
  show: 'Draws what the units look for.',
  explain: 'Writes out one number in longhand.',
  studio: 'Opens the page in which all this can be seen.',
} as const;

/**
 * Runs one command. What a command needs is loaded when it is called, so that asking for one digit does not wait for
 * tables, progress bars and workers.
 *
 * @throws CommanderError for wrong usage, LonghandError for bad input
 */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = describeCommands((ended) => {
    code = ended;
  });
  const [first, about] = args;
  if (
    first === 'help' &&
    about !== undefined &&
    !program.commands.some((command) => command.name() === about)
  )
    program.error(`unknown command '${about}': expected one of ${Object.keys(SUMMARIES).join(', ')}`);
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: 'user' });
  return code;
}

function describeCommands(end: (code: ExitCode) => void): Command {
  const paint = painter(terminalOf(process.stdout));
  const program = new Command('longhand')
    .description(
      'A neural network for handwritten digits, worked out in full: it learns MNIST in seconds, and every number in it can be seen and checked.',
    )
    .version(createRequire(import.meta.url)('../package.json').version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command]', 'Print the help of a command.')
    .configureHelp({
      styleTitle: (title) => paint('bold', title),
      subcommandTerm: (command) =>
        [
          command.name(),
          ...command.registeredArguments.map((argument) =>
            argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
          ),
        ].join(' '),
    })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', examples('longhand train', 'longhand predict model.safetensors my-seven.png'));

  const command = (name: keyof typeof SUMMARIES, description: string, ...lines: string[]) =>
    program
      .command(name)
      .summary(SUMMARIES[name])
      .description(description)
      .addHelpText('after', examples(...lines));
  const common = (described: Command) => described.option('--json', JSON_FLAG).option('--quiet', QUIET_FLAG);

  common(
    addSettings(
      command(
        'train',
        "Trains a network, by default the board's on MNIST, shows progress, saves the model and tests it once.\n" +
          'Ctrl-C ends after the current iteration and saves what was learnt (exit code 130). Settings that let a value ' +
          'become infinite end with exit code 2 and save nothing. In mini-batches the dev examples are looked at ten times ' +
          'an epoch, unless --dev-every says otherwise.',
        'longhand train',
        'longhand train --preset quick --out quick.safetensors',
        'longhand train --hidden 128 --initialisation he --batch 128 --epochs 5',
        'longhand train --data /usr/share/datasets/fashion-mnist --preset quick',
        'longhand train --repeat 5 --log runs.jsonl',
        'longhand train --preset quick --checkpoint run.ckpt',
        'longhand train --resume run.ckpt --checkpoint run.ckpt',
      )
        .option('--preset <name>', PRESET_FLAG)
        .option('--data <path>', DATA_FLAG)
        .option('--out <file>', 'Where to save the model.', 'model.safetensors')
        .option('--log <file>', 'Writes the settings and every measured point there, a line of JSON each.')
        .option(
          '--checkpoint <file>',
          'Writes there, now and then, all that the run needs to go on if it is cut off.',
        )
        .option('--every <time>', 'How often --checkpoint writes: 30s, 5m, 1h. (default 30s)')
        .option(
          '--resume <file>',
          'Goes on from a file that --checkpoint wrote, to the same bits as if it had never stopped. Its settings count; --data must be the same.',
        )
        .option(
          '--repeat <n>',
          'Trains with so many seeds, one after the other from --seed on, and gives mean ± standard deviation. The model that is best on dev is saved.',
        ),
    ),
  ).action(async (flags) => end(await (await import('./commands/train.js')).trainCommand(flags)));

  common(
    command(
      'runs',
      'Compares runs by what longhand train --log wrote: a table of what differs and what came of it, and curves.',
      'longhand runs first.jsonl second.jsonl',
    ).argument('<files...>', 'Files that longhand train --log wrote, with one or more runs each.'),
  ).action(async (files, flags) => end(await (await import('./commands/runs.js')).runsCommand(files, flags)));

  common(
    command(
      'evaluate',
      'Says how well a model does on the test set, and what it takes for what.',
      'longhand evaluate model.safetensors',
    )
      .argument('<model>', 'A file that longhand train saved.')
      .option('--data <path>', `${DATA_FLAG} Of a folder its test set counts, of a CSV file every row.`)
      .option('--examples <n>', 'Only so many of them, drawn by --seed. (default all)')
      .addOption(seedOption('Which examples --examples draws.')),
  ).action(async (model, flags) =>
    end(await (await import('./commands/evaluate.js')).evaluateCommand(model, flags)),
  );

  common(
    command(
      'predict',
      'Reads digits from pictures, or examples of the test set or of --data, and shows each as the network sees it, with its probabilities.',
      'longhand predict model.safetensors my-seven.png',
      'longhand predict model.safetensors --index 115,9',
    )
      .argument('<model>', 'A file that longhand train saved.')
      .argument('[files...]', 'PNG pictures of one digit each, any size, dark on light or light on dark.')
      .option('--index <n,…>', 'Examples of the test set, counted from 0, separated by commas.')
      .option('--data <path>', `${DATA_FLAG} For --index.`)
      .addOption(seedOption('Without files and --index, one example of the test set is drawn by it.')),
  ).action(async (model, files, flags) =>
    end(await (await import('./commands/predict.js')).predictCommand(model, files, flags)),
  );

  common(
    addSettings(
      command(
        'check',
        'Holds the gradient of every parameter against finite differences, in 64-bit, on real examples.\n' +
          'Exit code 1 when they disagree.',
        'longhand check',
        'longhand check model.safetensors --engine',
      )
        .argument(
          '[model]',
          "A file that longhand train saved; default: the board's network before training.",
        )
        .option('--examples <n>', 'How many examples of the training set, drawn by the seed. (default 32)')
        .option('--data <path>', DATA_FLAG)
        .option('--engine', "Also hold the fast engine's gradients against the maths'."),
      ['seed'],
    ),
  ).action(async (model, flags) =>
    end(await (await import('./commands/check.js')).checkCommand(model, flags)),
  );

  common(
    addSettings(
      command(
        'reproduce',
        "Runs the notebook's version and ours on the same data and seed, and prints what each mistake costs.",
        'longhand reproduce',
        'longhand reproduce --seed 2 --iterations 100',
      ).option(
        '--examples <n>',
        "How many training examples; the notebook's 42,000 less 1,000. (default 41000)",
      ),
      ['iterations', 'alpha', 'seed', 'threads'],
    ),
  ).action(async (flags) => end(await (await import('./commands/reproduce.js')).reproduceCommand(flags)));

  common(
    addSettings(
      command(
        'show',
        'Draws what each hidden unit looks for: its weights as a picture, its bias, the answers it speaks for.\n' +
          'With --augment, what training with such settings makes of a picture; MODEL may then be left out.',
        'longhand show model.safetensors',
        'longhand show model.safetensors --learnt --unit 8',
        'longhand show --augment --rotate 15 --elastic 1.4 --index 115',
      )
        .argument('[model]', 'A file that longhand train saved.')
        .option('--unit <n>', 'Only this unit, counted from 0.')
        .option(
          '--learnt',
          'Only what training changed: the weights less those it began with, which the seed gives again.',
        )
        .option('--augment', 'A picture as training meets it, distorted anew each time.')
        .option('--preset <name>', 'For --augment: its settings.')
        .option('--index <n>', 'For --augment: an example of the test set, counted from 0.')
        .option('--data <path>', `${DATA_FLAG} For --augment.`)
        .option('--count <n>', 'For --augment: how many times. (default 11)')
        .addOption(
          seedOption(
            'For --learnt: what it began with, if not the seed in the model. For --augment: what all is drawn by.',
            false,
          ),
        ),
      ['shift', 'rotate', 'scale', 'shear', 'elastic', 'elasticSigma'],
    ),
  ).action(async (model, flags) => end(await (await import('./commands/show.js')).showCommand(model, flags)));

  common(
    command(
      'explain',
      'Writes out one number of the cycle in longhand: the formula, every term with its numbers, what adds most.\n' +
        'An entry is a quantity (X, Y, Z, A, J, dZ, dW, db; W and b for their update), its layer, and a row and column ' +
        "counted from 0: 'Z1[8]', 'A2[3]', 'dW1[8,402]', 'db2[4]', 'J'. The column of X, Y, Z, A and dZ is the example.",
      "longhand explain model.safetensors --index 115 'Z1[8]'",
      "longhand explain model.safetensors --index 115,9 'dW1[8,402]'",
    )
      .argument('<model>', 'A file that longhand train saved.')
      .argument('<entry>', "Which number, such as 'Z1[8]'.")
      .option('--index <n,…>', 'Examples of the test set, counted from 0, separated by commas: the columns.')
      .option('--data <path>', `${DATA_FLAG} For --index.`)
      .option('--alpha <x>', 'The learning rate of an update; default: as the model was trained. (α)')
      .addOption(seedOption('Without --index, one example of the test set is drawn by it.')),
  ).action(async (model, entry, flags) =>
    end(await (await import('./commands/explain.js')).explainCommand(model, entry, flags)),
  );

  common(
    command(
      'studio',
      'Serves the studio to this machine alone and opens it in the browser: the board with every number, training, drawing.\n' +
        'Ctrl-C ends it.',
      'longhand studio',
      'longhand studio --no-open --port 8080',
    )
      .option('--port <n>', 'Where to serve it. (default 7840, or one that is free)')
      .option('--no-open', 'Only tell the address.'),
  ).action(async (flags) => end(await (await import('./commands/studio.js')).studioCommand(flags)));

  return program;
}

function examples(...lines: string[]): string {
  const title = painter(terminalOf(process.stdout))('bold', lines.length > 1 ? 'Examples:' : 'Example:');
  return `\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
