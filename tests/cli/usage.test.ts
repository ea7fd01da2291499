import { readFileSync } from 'node:fs';
import { explanationOf, formatSetting, SETTINGS, type Setting } from '@longhand/core/settings';
import { describe, expect, test } from 'vitest';
import { COMMAND, longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const COMMANDS = [
  'train',
  'sweep',
  'evaluate',
  'predict',
  'read',
  'teach',
  'show',
  'explain',
  'compare',
  'convert',
  'data',
  'check',
  'exercise',
  'mark',
  'reproduce',
  'runs',
  'worker',
  'studio',
];
const WITHOUT_SEED = ['read', 'teach', 'compare', 'convert', 'data', 'runs', 'worker', 'studio'];

/** The words of a text, whatever its lines. */
const words = (text: string) => text.replace(/\s+/g, ' ');

test('alone it says what it is, what it can do and how to begin', async () => {
  const { code, stdout, stderr } = await longhand([], folder);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(stdout).toContain('longhand train');
});

test('--version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${COMMAND}`), 'utf8'));
  expect(await longhand(['--version'], folder)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe.each(COMMANDS)('%s --help', (command) => {
  test('has an example, --json, --quiet and, where something is random, --seed', async () => {
    const { code, stdout } = await longhand([command, '--help'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\n  longhand ${command}`));
    expect(stdout).toContain('--json');
    expect(stdout).toContain('--quiet');
    expect(stdout.includes('--seed <n>')).toBe(!WITHOUT_SEED.includes(command));
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80);
  });
});

/** What the help says of the values: the words and the limits that are no mere guard against a typing error. */
function factsOf({ kind }: Setting): readonly string[] {
  if (kind.type === 'choice') return [kind.choices.join(', ')];
  if (kind.type === 'sizes') return [kind.word];
  if (kind.type === 'weights') return [`${kind.words.join(', ')} or numbers`];
  const limits =
    kind.type === 'number' ? [kind.min ?? kind.above, kind.max, kind.below] : [kind.min, kind.max];
  const told = limits.filter((limit) => limit !== undefined && limit < 1e5).map(String);
  return kind.word ? [...told, `or ${kind.word}`] : told;
}

test('train --help says of every setting the flag, explanation, symbol, range and default', async () => {
  const help = words((await longhand(['train', '--help'], folder)).stdout);
  for (const setting of SETTINGS) {
    expect(help).toContain(`--${setting.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    const explanation = explanationOf(setting.name);
    expect(help).toContain(explanation);
    const [, facts] = help.slice(help.indexOf(explanation)).match(/^.*? \(([^()]*default [^()]*)\)/)!;
    if (setting.symbol) expect(facts?.split('; ')).toContain(setting.symbol);
    for (const alias of setting.aliases ?? [])
      expect(facts).toContain(`--${alias.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    for (const fact of factsOf(setting)) expect(facts, setting.name).toContain(fact);
    expect(facts).toMatch(new RegExp(`default ${formatSetting(setting, setting.default)}$`));
  }
});

test("the README's table has every command, and no other", () => {
  const readme = readFileSync(new URL('../../../README.md', `file://${COMMAND}`), 'utf8');
  const names = [...readme.matchAll(/^\| `longhand ([a-z]+)/gm)].map(([, name]) => name);
  expect([...new Set(names)].sort()).toEqual([...COMMANDS].sort());
});

describe('a name from before, from other programs, or misspelled gets the one that is meant', () => {
  test.each([
    ['learn', 'train'],
    ['fit', 'train'],
    ['test', 'evaluate'],
    ['classify', 'predict'],
    ['help learn', 'train'],
  ])('longhand %s', async (typed, meant) => {
    const { code, stdout, stderr } = await longhand(typed.split(' '), folder);
    expect(stderr).toBe(
      `longhand: unknown command '${typed.replace('help ', '')}' (Did you mean ${meant}?)\n`,
    );
    expect([code, stdout]).toEqual([2, '']);
  });

  test.each([
    ['train', '--batch', '--batch-size'],
    ['train', '--batchsize', '--batch-size'],
    ['train', '--decay=0.1', '--weight-decay'],
    ['train', '--l2', '--weight-decay'],
    ['train', '--wd', '--weight-decay'],
    ['train', '--smoothing', '--label-smoothing'],
    ['train', '--clip', '--clip-norm'],
    ['train', '--average', '--weight-averaging'],
    ['train', '--watch', '--monitor'],
    ['train', '--initialisation', '--initialization'],
    ['train', '--hidden-layers', '--hidden'],
    ['train', '--units', '--hidden'],
    ['train', '--epoch', '--epochs'],
    ['train', '--learning_rate', '--learning-rate'],
    ['train', '--optim', '--optimizer'],
    ['train', '--output', '--out'],
    ['convert', '--out', '--to'],
    ['convert', '-o', '--to'],
    ['predict', '--save', '--out'],
    ['read', '--to', '--out'],
    ['data', '--out', '--html'],
    ['mark', '--output', '--csv'],
    ['train', '--in', '--data'],
    ['explain', '--eta', '--alpha'],
    ['show', '--learnt', '--learned'],
  ])('%s %s', async (command, typed, meant) => {
    const { code, stdout, stderr } = await longhand([command, typed, '1'], folder);
    const [name] = typed.split('=');
    expect(stderr).toBe(`longhand: unknown option '${name}' (Did you mean ${meant}?)\n`);
    expect([code, stdout]).toEqual([2, '']);
  });

  test.each([
    ['--optimizer', 'descent', 'sgd'],
    ['--optimizer', 'Adam', 'adam'],
    ['--activation', 'ReLU', 'relu'],
    ['--activation', 'logistic', 'sigmoid'],
    ['--activation', 'ReLU,linear', 'relu,identity'],
    ['--initialization', 'xavier', 'glorot'],
    ['--schedule', 'one_cycle', 'one-cycle'],
    ['--optimizer', 'adm', 'adam'],
    ['--vary', 'optimizer=adm', 'adam', 'sweep'],
    ['--vary', 'activation=tanh,ReLU', 'relu', 'sweep'],
  ])('%s %s', async (flag, typed, meant, command = 'train') => {
    const { code, stdout, stderr } = await longhand([command, flag, typed], folder);
    expect(stderr).toMatch(/^longhand: --[a-z]+( [a-z]+)?: expected one .*\n$/);
    expect(stderr).toContain(`, found "${typed.replace(/^.*[=]([a-z]+,)?/, '')}" (Did you mean ${meant}?)\n`);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('a comma instead of a point', async () => {
    const { code, stderr } = await longhand(['train', '--alpha', '0,5'], folder);
    expect([code, stderr]).toEqual([2, 'longhand: --alpha 0,5: expected a number. Use a point: 0.5\n']);
  });

  test.each([
    ['convert', '--input'],
    ['compare', '--out'],
    ['studio', '--out'],
  ])('%s %s: no flag that is only spelled alike', async (command, typed) => {
    const { code, stderr } = await longhand([command, typed, '1'], folder);
    expect([code, stderr]).toEqual([2, `longhand: unknown option '${typed}'\n`]);
  });

  test('a setting that the command does not have is not suggested', async () => {
    const { stderr } = await longhand(['evaluate', 'm', '--batch', '1'], folder);
    expect(stderr).toBe("longhand: unknown option '--batch'\n");
  });
});

describe('wrong usage is one line on stderr and exit 2', () => {
  test.each([
    [['trian'], /^longhand: unknown command 'trian' \(Did you mean train\?\)\n$/],
    [['train', '--alhpa', '1'], /^longhand: unknown option '--alhpa' \(Did you mean --alpha\?\)\n$/],
    [['--frobnicate'], /^longhand: unknown option '--frobnicate'\n$/],
    [['train', '--alpha'], /^longhand: option '--alpha <x>' argument missing\n$/],
    [
      ['train', '--alpha', '0.1', '--lr', '0.2'],
      /^longhand: --lr 0\.2: means the same as --alpha 0\.1: pass only one of them\n$/,
    ],
    [
      ['reproduce', '--learning-rate', '0.1', '--lr', '0.2'],
      /^longhand: --lr 0\.2: means the same as --learning-rate 0\.1: pass only one of them\n$/,
    ],
    [['train', 'extra'], /^longhand: too many arguments.*\n$/],
    [['evaluate'], /^longhand: missing required argument 'model'\n$/],
    [
      ['train', '--alpha', '-1'],
      /^longhand: --alpha: expected a number greater than 0, at most 1,000,000, found "-1"\n$/,
    ],
    [['train', '--alpha', '0'], /^longhand: --alpha: expected a number greater than 0/],
    [['train', '--lr', '-1'], /^longhand: --lr: expected a number greater than 0/],
    [['explain', 'model', '--learning-rate', 'fast'], /^longhand: --learning-rate: expected a number/],
    [['train', '--optimizer', 'lbfgs', '--lr', '0.1'], /^longhand: --lr 0.1: needs another --optimizer/],
    [['train', '--alpha', 'fast'], /^longhand: --alpha: expected a number .* found "fast"\n$/],
    [['train', '--iterations', '1.5'], /^longhand: --iterations: expected an integer from 1 /],
    [['train', '--hidden', '10,x'], /^longhand: --hidden: expected integers from 1 /],
    [['train', '--activation', 'step'], /^longhand: --activation: expected one or more of relu, /],
    [['train', '--iterations', '5', '--epochs', '5'], /^longhand: --epochs 5: excludes --iterations 5/],
    [
      ['train', '--optimizer', 'adam', '--momentum', '0.9'],
      /^longhand: --momentum 0.9: needs --optimizer momentum or nesterov, not adam\n$/,
    ],
    [
      ['train', '--optimizer', 'lbfgs', '--alpha', '0.1'],
      /^longhand: --alpha 0.1: needs another --optimizer than lbfgs/,
    ],
    [['train', '--dropout', '1'], /^longhand: --dropout: expected a number .* less than 1, found "1"\n$/],
    [
      ['train', '--schedule', 'cosine', '--minutes', '1'],
      /^longhand: --schedule cosine: needs a length besides --minutes/,
    ],
    [
      ['train', '--batch-size', '128', '--epochs', '5', '--warmup', '5'],
      /^longhand: --warmup 5: needs more --epochs than 5\n$/,
    ],
    [['help', 'nosuch'], /^longhand: unknown command 'nosuch': expected one of train, /],
    [['train', '--dev', '60000'], /^longhand: --dev: expected fewer than the 60000 examples/],
    [
      ['train', '--batch-size', '59001'],
      /^longhand: --batch-size: expected at most the number of training examples, 59000, found 59001\n$/,
    ],
    [
      ['check', '--examples', '0'],
      /^longhand: --examples: expected an integer from 1 to 10,000, found "0"\n$/,
    ],
    [['reproduce', '--examples', '60001'], /^longhand: --examples: expected an integer from 1 to 60,000/],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await longhand(args, folder);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
