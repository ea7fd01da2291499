import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mnistTest } from '@longhand/mnist';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { longhand, temporaryFolder } from './command.js';

const shipped = (name: string) => path.join(ROOT, 'packages/studio/models', `${name}.safetensors`);
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const run = (...args: string[]) => longhand(args, folder);

/** A test digit that the included network reads wrongly, and one that it reads rightly. */
const [WRONG, RIGHT] = [321, 0];

beforeAll(async () => {
  const digits = await mnistTest();
  for (const index of [WRONG, RIGHT]) {
    const data = digits.pixels(index).slice();
    writeFileSync(at(`${index}.png`), encode({ width: 28, height: 28, channels: 1, depth: 8, data }));
  }
  expect([digits.label(WRONG), digits.label(RIGHT)]).toEqual([2, 7]);
});

describe('longhand teach', () => {
  test('a picture that was read wrongly is read, and the test accuracy stays within 0.1 points', async () => {
    const asked = ['teach', shipped('draw'), `${WRONG}.png`, '--label', '2', '--out', 'taught.safetensors'];
    const { code, stdout } = await run(...asked, '--json', '--quiet');
    expect(code).toBe(0);
    const { outcome, out, pictures, test: effect, parametersSha256 } = JSON.parse(stdout);
    expect([outcome, out]).toEqual(['taught', 'taught.safetensors']);
    expect(pictures[0].before.class).not.toBe('2');
    expect(pictures[0].after.class).toBe('2');
    expect(effect.after.examples).toBe(10_000);
    expect(effect.after.accuracy).toBeGreaterThanOrEqual(effect.before.accuracy - 0.001);

    const [read] = JSON.parse((await run('predict', 'taught.safetensors', `${WRONG}.png`, '--json')).stdout);
    expect([read.class, read.probabilities]).toEqual(['2', pictures[0].after.probabilities]);
    const measured = JSON.parse((await run('evaluate', 'taught.safetensors', '--json')).stdout);
    expect(measured.accuracy).toBe(effect.after.accuracy);
    expect(parametersSha256).toMatch(/^[0-9a-f]{64}$/);

    const again = await run(...asked);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('taught.safetensors: is there already, and is not overwritten');
    // A second time there is nothing to teach.
    const second = await run('teach', 'taught.safetensors', `${WRONG}.png`, '--label', '2');
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('nothing was taught');
    expect(existsSync(at('taught-taught.safetensors'))).toBe(false);
  });

  test('a lesson that would cost more is refused: exit code 1, and nothing is saved', async () => {
    const { code, stdout, stderr } = await run(
      ...['teach', shipped('board-500'), `${RIGHT}.png`, '--label', '3', '--out', 'no.safetensors'],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^${RIGHT}.png: 7 \\(\\d+\\.\\d%\\) → 7`));
    expect(stderr).toMatch(
      /not taught: the accuracy on .* would fall by \d\.\d\d points\. Nothing was saved/,
    );
    expect(existsSync(at('no.safetensors'))).toBe(false);
  });

  test.each([
    [['--label', 'x'], '--label x: '],
    [[], '--label: say what the pictures show'],
    [['--label', '7', '--out', '0.png'], '0.png: is there already'],
  ])('%j is refused in one line', async (flags, message) => {
    const { code, stdout, stderr } = await run('teach', shipped('draw'), '0.png', ...flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a picture that cannot be read is named, and nothing is taught', async () => {
    const { code, stderr } = await run('teach', shipped('draw'), '0.png', 'missing.png', '--label', '1');
    expect(code).toBe(2);
    expect(stderr).toContain('missing.png');
    expect(existsSync(at('draw-taught.safetensors'))).toBe(false);
  });
});
