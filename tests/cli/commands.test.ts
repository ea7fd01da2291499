import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeModel, encodeModel } from '@longhand/core/files';
import { scale } from '@longhand/core/maths';
import { SETTINGS } from '@longhand/core/settings';
import { mnistTest } from '@longhand/mnist';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMAND, longhand, start, startProgram, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const pictures = fileURLToPath(new URL('../../fixtures/pictures/', import.meta.url));
const picture = (name: string) => path.join(pictures, name);

/** A network that recognizes most digits after one epoch, and one without a hidden layer. */
beforeAll(async () => {
  const args = [
    'train',
    '--hidden',
    '32',
    '--initialization',
    'he',
    '--batch-size',
    '100',
    '--epochs',
    '1',
    '--quiet',
  ];
  expect((await longhand(args, folder)).code).toBe(0);
  const flat = ['train', '--hidden', 'none', '--iterations', '1', '--quiet', '--out', 'flat.safetensors'];
  expect((await longhand(flat, folder)).code).toBe(0);
});

describe('evaluate', () => {
  test('--json: numbers and a confusion matrix, which agree', async () => {
    const { code, stdout } = await longhand(['evaluate', 'model.safetensors', '--json'], folder);
    expect(code).toBe(0);
    const { examples, accuracy, loss, confusion } = JSON.parse(stdout);
    expect(examples).toBe(10_000);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(loss).toBeLessThan(0.6);
    expect(confusion.flat().reduce((sum: number, n: number) => sum + n, 0)).toBe(10_000);
    const right = confusion.reduce((sum: number, row: number[], label: number) => sum + row[label]!, 0);
    expect(right / examples).toBe(accuracy);
    const { interval95, classes, calibration, mistakes } = JSON.parse(stdout);
    expect(interval95.low).toBeLessThan(accuracy);
    expect(interval95.high).toBeGreaterThan(accuracy);
    expect(interval95.high - interval95.low).toBeLessThan(0.02);
    expect(classes).toHaveLength(10);
    const recalled = classes.reduce(
      (sum: number, { recall, examples: n }: Record<string, number>) => sum + recall! * n!,
      0,
    );
    expect(recalled / examples).toBeCloseTo(accuracy, 12);
    const counted = calibration.bins.reduce(
      (sum: number, bin: { examples: number }) => sum + bin.examples,
      0,
    );
    expect(counted).toBe(10_000);
    const { index, label, answer } = mistakes[0];
    expect((await mnistTest()).label(index)).toBe(label);
    expect(answer).not.toBe(label);
  });

  test('in words: a table within 80 columns and the most frequent mistakes', async () => {
    const { code, stdout, stderr } = await longhand(['evaluate', 'model.safetensors'], folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('10,000 examples of the MNIST test set');
    expect(stdout).toContain('true ╲ answer');
    expect(stdout).toMatch(/Most frequent mistakes:\n {2}\d read as \d: \d+ times\n/);
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test('--quiet: one line', async () => {
    const { stdout } = await longhand(['evaluate', 'model.safetensors', '--quiet'], folder);
    expect(stdout).toMatch(/^[0-9.]+% accuracy, .+\n$/);
  });

  test('--data with a CSV file: every row is used', async () => {
    const test = await mnistTest();
    const header = ['label', ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)].join(',');
    const rows = Array.from({ length: 30 }, (_, i) => [test.label(i), ...test.pixels(i)].join(','));
    writeFileSync(path.join(folder, 'thirty.csv'), `${[header, ...rows].join('\n')}\n`);
    const { stdout } = await longhand(
      ['evaluate', 'model.safetensors', '--data', 'thirty.csv', '--json'],
      folder,
    );
    expect(JSON.parse(stdout).examples).toBe(30);
  });

  test('a CSV file has no test set: train says so and gives null', async () => {
    const args = [
      'train',
      '--data',
      'thirty.csv',
      '--dev',
      '5',
      '--iterations',
      '1',
      '--json',
      '--out',
      'csv.safetensors',
    ];
    const { code, stdout, stderr } = await longhand(args, folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ train: { examples: 25 }, dev: { examples: 5 }, test: null });
    expect(stderr).toContain('thirty.csv has no test set');
  });

  test.skipIf(!existsSync('/dev/full'))(
    'a result that cannot be written gives one line and exit code 2',
    async () => {
      const args = [
        '-c',
        '"$0" "$@" > /dev/full',
        process.execPath,
        COMMAND,
        'evaluate',
        'model.safetensors',
      ];
      const { code, stderr } = await startProgram('bash', args, folder).ended;
      expect(stderr).toMatch(/^longhand: cannot write the result: .*ENOSPC.*\n$/);
      expect(code).toBe(2);
    },
  );
});

describe('predict', () => {
  test('--json: the file, the digit and ten probabilities for each', async () => {
    const files = [
      picture('7-as-in-mnist.png'),
      picture('2-dark-on-light.png'),
      picture('1-light-on-dark.png'),
    ];
    const { code, stdout, stderr } = await longhand(
      ['predict', 'model.safetensors', ...files, '--json'],
      folder,
    );
    expect([code, stderr]).toEqual([0, '']);
    const answers = JSON.parse(stdout);
    expect(answers.map(({ file, digit }: { file: string; digit: number }) => [file, digit])).toEqual([
      [files[0], 7],
      [files[1], 2],
      [files[2], 1],
    ]);
    for (const { digit, probabilities } of answers) {
      expect(probabilities).toHaveLength(10);
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(digit);
      expect(probabilities.reduce((sum: number, p: number) => sum + p, 0)).toBeCloseTo(1, 5);
    }
  });

  test('--index: examples of the test set with their labels', async () => {
    const { stdout } = await longhand(['predict', 'model.safetensors', '--index', '0,1,2', '--json'], folder);
    const answers = JSON.parse(stdout);
    expect(answers.map(({ index, label }: { index: number; label: number }) => [index, label])).toEqual([
      [0, 7],
      [1, 2],
      [2, 1],
    ]);
    expect(answers[0]).not.toHaveProperty('pixels');
  });

  test('a file and the example it was made from give the same answer', async () => {
    const args = ['predict', 'model.safetensors', picture('7-as-in-mnist.png'), '--index', '0', '--json'];
    const [fromFile, fromTestSet] = JSON.parse((await longhand(args, folder)).stdout);
    for (const [i, p] of fromFile.probabilities.entries())
      expect(fromTestSet.probabilities[i]).toBeCloseTo(p, 2);
  });

  test('an answer in doubt says so and names the second class; a sure one does not', async () => {
    const ask = async (...flags: string[]) => {
      const indices = Array.from({ length: 800 }, (_, i) => i).join(',');
      return (await longhand(['predict', 'model.safetensors', '--index', indices, ...flags], folder)).stdout;
    };
    const answers = JSON.parse(await ask('--json'));
    const lines = (await ask('--quiet')).trim().split('\n');
    let doubts = 0;
    for (const [i, { digit, probabilities, doubt, confidence }] of answers.entries()) {
      expect(confidence).toBeGreaterThan(0);
      expect(lines[i]!.includes(', not sure: perhaps ')).toBe(doubt?.reason === 'unsure');
      expect(lines[i]!.includes(', in doubt: ')).toBe(doubt !== null && doubt.reason !== 'unsure');
      if (doubt === null) continue;
      doubts++;
      if (doubt.reason !== 'unsure') continue;
      expect(doubt.message).toMatch(/^Not sure: \d \(/);
      const others = probabilities.toSpliced(digit, 1, 0);
      expect(doubt.runnerUp).toBe(others.indexOf(Math.max(...others)));
      expect(lines[i]).toContain(`perhaps ${doubt.runnerUp} (`);
    }
    expect([doubts > 0, doubts < 800]).toEqual([true, true]);
  });

  test('- reads a picture, or the model, from standard input', async () => {
    const seven = picture('7-as-in-mnist.png');
    const run = (command: string) =>
      startProgram('bash', ['-c', command, process.execPath, COMMAND, seven], folder).ended;
    const expected = await run('"$0" "$1" predict model.safetensors "$2" --quiet');
    expect(expected.stdout).toMatch(/7-as-in-mnist\.png: 7/);
    const answer = expected.stdout.slice(expected.stdout.indexOf(': 7'));
    for (const [name, command] of [
      ['-', '"$0" "$1" predict model.safetensors - --quiet < "$2"'],
      ['-', 'cat "$2" | "$0" "$1" predict model.safetensors - --quiet'],
      ['-', '(sleep 1; cat "$2") | "$0" "$1" predict model.safetensors - --quiet'],
      [seven, 'cat model.safetensors | "$0" "$1" predict - "$2" --quiet'],
      [
        'pipe',
        'mkfifo pipe; (sleep 0.3; cat "$2" > pipe) & "$0" "$1" predict model.safetensors pipe --quiet',
      ],
    ]) {
      expect(await run(command!)).toEqual({ code: 0, stdout: `${name}${answer}`, stderr: '' });
    }
    const twice = await run('"$0" "$1" predict - - --quiet < model.safetensors');
    expect(twice.stderr).toBe('longhand: -: standard input was already read: pass - for one file only\n');
  });

  test.skipIf(!existsSync('/dev/zero'))('a device is refused, for it may never end', async () => {
    for (const args of [
      ['predict', 'model.safetensors', '/dev/zero'],
      ['evaluate', '/dev/zero'],
    ]) {
      const { code, stderr } = await longhand(args, folder);
      expect(stderr).toMatch(/^longhand: \/dev\/zero: is a device: expected a .+\n$/);
      expect(code).toBe(2);
    }
  });

  test('in words: the picture as the network sees it, and a bar for each class', async () => {
    const { stdout } = await longhand(['predict', 'model.safetensors', '--index', '0'], folder);
    expect(stdout).toMatch(/^example 0: 7 \([0-9.]+%\), correct$/m);
    expect(stdout.split('\n')).toHaveLength(1 + 14 + 1);
    expect(stdout).toMatch(/^ .*[░▒▓█].* 7 +[0-9.]+% █+/m);
  });

  test('--quiet: one line each', async () => {
    const args = ['predict', 'model.safetensors', '--index', '0,1', '--quiet'];
    expect((await longhand(args, folder)).stdout).toMatch(/^example 0: .+\nexample 1: .+\n$/);
  });
});

describe('show', () => {
  test('--json: the weights of each hidden unit, its bias, and its weights to the outputs', async () => {
    const { code, stdout } = await longhand(['show', 'model.safetensors', '--json'], folder);
    expect(code).toBe(0);
    const { units, width, height } = JSON.parse(stdout);
    const { network } = decodeModel(readFileSync(path.join(folder, 'model.safetensors')), 'model');
    const [first, last] = network.layers;
    expect([units.length, width, height]).toEqual([32, 28, 28]);
    expect(units[5].weights).toEqual([...first!.W.data.subarray(5 * 784, 6 * 784)]);
    expect(units[5].bias).toBe(first!.b.data[5]);
    expect(units[5].outputs[3]).toBe(last!.W.data[3 * 32 + 5]);
  });

  test('--unit shows only one', async () => {
    const { stdout } = await longhand(['show', 'model.safetensors', '--unit', '7'], folder);
    expect(stdout.match(/^unit \d+/gm)).toEqual(['unit 7']);
    expect(stdout).toMatch(/^for \d \+/m);
  });

  test('--learned: the weights minus their starting values; a pixel that is always 0 has learned nothing', async () => {
    const { stdout } = await longhand(['show', 'model.safetensors', '--learned', '--json'], folder);
    for (const { weights } of JSON.parse(stdout).units) expect(weights[0]).toBe(0);
  });

  test('for a network without a hidden layer it shows the outputs', async () => {
    const { stdout } = await longhand(['show', 'flat.safetensors'], folder);
    expect(stdout.match(/output \d/g)).toEqual([...'0123456789'].map((digit) => `output ${digit}`));
  });
});

describe('show --augment', () => {
  const augment = (...args: string[]) => longhand(['show', '--augment', '--index', '115', ...args], folder);

  test('--json: different versions of one picture, the same for the same seed', async () => {
    const args = ['--rotate', '15', '--elastic', '1.4', '--count', '5', '--json'];
    const { code, stdout } = await augment(...args);
    expect(code).toBe(0);
    const { versions, pixels } = JSON.parse(stdout);
    expect(versions).toHaveLength(5);
    expect(new Set([pixels, ...versions].map(String)).size).toBe(6);
    expect((await augment(...args)).stdout).toBe(stdout);
    expect((await augment(...args, '--seed', '2')).stdout).not.toBe(stdout);
  });

  test('draws the picture and its versions, and says how they were changed', async () => {
    const { stdout } = await augment('--shift', '2', '--count', '2');
    expect(stdout).toMatch(/^Example 115 of the MNIST test set, shifted by up to 2 pixels\.$/m);
    expect(stdout.match(/4 unchanged|version \d/g)).toEqual(['4 unchanged', 'version 1', 'version 2']);
  });

  test.each([
    [[], /--augment: no augmentation is set: pass --shift/],
    [['--rotate', '200'], /--rotate: expected a number from 0, at most 180, found "200"/],
    [['--elastic-sigma', '3'], /--augment: no augmentation is set/],
    [['--learned'], /--augment and --learned exclude each other/],
  ])('%j is a line that says what is wrong', async (args, line) => {
    const { code, stderr } = await augment(...args);
    expect(stderr).toMatch(line);
    expect(code).toBe(2);
  });

  test('its flags need it', async () => {
    const { code, stderr } = await longhand(['show', 'model.safetensors', '--rotate', '3'], folder);
    expect(stderr).toBe('longhand: --rotate: needs --augment\n');
    expect(code).toBe(2);
  });
});

describe('check', () => {
  test("the board's network before training: every gradient is correct, and the engine's, too", async () => {
    const { code, stdout } = await longhand(
      ['check', '--engine', '--json', '--examples', '8', '--seed', '3'],
      folder,
    );
    expect(code).toBe(0);
    const check = JSON.parse(stdout);
    expect(check).toMatchObject({ passed: true, parameters: 7960, examples: 8, seed: 3 });
    expect(check.kinks).toBeGreaterThanOrEqual(0);
    expect(check.maxRelativeError).toBeLessThan(1e-7);
    expect(check.engine.passed).toBe(true);
    expect(check.engine.maxRelativeError).toBeLessThan(1e-5);
    expect(check.engine.tensors.map(({ name }: { name: string }) => name)).toEqual([
      'dW1',
      'db1',
      'dW2',
      'db2',
    ]);
  });

  test('a model that was trained, in words', async () => {
    const { code, stdout } = await longhand(['check', 'flat.safetensors', '--examples', '4'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^passed {2}7,850 gradients compared with finite differences/);
  });

  test('a failed check gives exit code 1: with bytes as inputs, the step is too large for finite differences', async () => {
    const { network, record } = decodeModel(readFileSync(path.join(folder, 'flat.safetensors')), 'flat');
    const layers = network.layers.map((layer) => ({ ...layer, W: scale(layer.W, 1 / 255) }));
    writeFileSync(
      path.join(folder, 'bytes.safetensors'),
      encodeModel({ network: { ...network, layers }, record: { ...record, pixelScale: 1 } }),
    );
    const { code, stdout } = await longhand(['check', 'bytes.safetensors', '--examples', '8'], folder);
    expect(stdout).toMatch(/^failed {2}/);
    expect(code).toBe(1);
  });
});

test('reproduce: every version with its cost, on a few examples', async () => {
  const { code, stdout } = await longhand(
    ['reproduce', '--examples', '2000', '--iterations', '30', '--json'],
    folder,
  );
  expect(code).toBe(0);
  const { versions, claims } = JSON.parse(stdout);
  const [correct, notebook, raw, naive, sharedBias] = versions;
  expect(versions).toHaveLength(5);
  expect(notebook).toMatchObject({ updates: 1, train: { loss: null } });
  expect(notebook.test.accuracy).toBeCloseTo(0.098, 3);
  expect(raw.test.accuracy).toBeLessThan(0.5);
  expect(raw.train.loss).not.toBeNull();
  expect(naive).toMatchObject({ updates: 1, train: { loss: null } });
  expect(naive.why).toContain('db is correct here');
  expect(Math.abs(sharedBias.test.accuracy - correct.test.accuracy)).toBeLessThan(0.1);
  expect(sharedBias.why).toContain('the output bias never learns');
  expect(correct.cost).toBe(0);
  expect(claims).toHaveLength(2);
  expect(claims[1]).toMatchObject({ claimed: 0.98, measured: correct.train.accuracy });
});

test('reproduce in words, within 80 columns', async () => {
  const { stdout } = await longhand(
    ['reproduce', '--examples', '500', '--iterations', '5', '--quiet'],
    folder,
  );
  expect(stdout).toContain('db summed over everything');
  for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
});

test('reproduce: Ctrl-C gives exit code 130', async () => {
  const { child, ended } = start(['reproduce', '--iterations', '100000'], folder);
  await new Promise<void>((resolve) => {
    child.stderr!.on('data', (text: string) => {
      if (text.includes('correct: iteration')) resolve();
    });
  });
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(/longhand: interrupted: there is nothing to compare\n$/);
});

test('evaluate --examples uses that many examples, drawn with the seed', async () => {
  const ask = async (seed: string) =>
    JSON.parse(
      (
        await longhand(
          ['evaluate', 'model.safetensors', '--examples', '500', '--seed', seed, '--json'],
          folder,
        )
      ).stdout,
    );
  const [first, again, other] = [await ask('3'), await ask('3'), await ask('4')];
  expect(first.examples).toBe(500);
  expect(again).toEqual(first);
  expect(other.loss).not.toBe(first.loss);
});

test('predict without files and --index reads an example drawn with the seed', async () => {
  const ask = async (seed: string) =>
    JSON.parse((await longhand(['predict', 'model.safetensors', '--seed', seed, '--json'], folder)).stdout);
  const [first, again, other] = [await ask('1'), await ask('1'), await ask('2')];
  expect(first).toHaveLength(1);
  expect(again).toEqual(first);
  expect(other[0].index).not.toBe(first[0].index);
});

test('the record has every setting under its name in the table', () => {
  const { record } = decodeModel(readFileSync(path.join(folder, 'model.safetensors')), 'model');
  const names = new Set<string>(SETTINGS.map(({ name }) => name));
  for (const name of Object.keys(record.settings)) expect(names.has(name), name).toBe(true);
});

describe('predict shows the way into the frame', () => {
  const seven = () => picture('7-as-in-mnist.png');
  const four = () => picture('0-16-bit.png');

  test('--stages: a picture and a sentence for each step; --without says what is off', async () => {
    const args = ['predict', 'model.safetensors', four(), '--stages'];
    const { code, stdout } = await longhand(args, folder);
    expect(code).toBe(0);
    for (const title of ['contrast', 'ink', 'cropped', 'scaled', 'frame', 'second frame'])
      expect(stdout).toContain(title);
    expect(stdout).not.toContain('switched off');
    const without = await longhand([...args, '--without', 'marks,even'], folder);
    expect(without.stdout).toContain('switched off: ruled');
    expect(without.stdout).not.toContain('second frame');
  });

  test('the probabilities are the mean of both frames; a frame of MNIST is read as it is', async () => {
    const answers = async (file: string, ...flags: string[]) => {
      const args = ['predict', 'model.safetensors', file, '--json', ...flags];
      return JSON.parse((await longhand(args, folder)).stdout)[0].probabilities as number[];
    };
    expect(await answers(four())).not.toEqual(await answers(four(), '--without', 'even'));
    expect(await answers(seven())).toEqual(await answers(seven(), '--without', 'even'));
  });

  test('an unknown step is one line', async () => {
    const args = ['predict', 'model.safetensors', seven(), '--without', 'crops'];
    const { code, stderr } = await longhand(args, folder);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'longhand: --without crops: expected some of background, marks, crop, fit, center, even\n',
    );
  });
});
