// The columns that a model was trained with are known to every command that reads the same data.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeModel } from '@longhand/core/files';
import { createRandom } from '@longhand/core/maths';
import { beforeAll, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const KINDS = ['red', 'green', 'blue'];
const COLUMNS = ['--label', 'kind', '--ignore', 'ID', '--ignore', 'note'];

beforeAll(async () => {
  const random = createRandom(1, 'examples');
  const rows = Array.from({ length: 60 }, (_, id) => {
    const kind = random.below(3);
    const [height, width] = [kind + random.uniform(), 3 - kind + random.uniform()];
    return { id, height, width, note: `n${random.below(4)}`, kind: KINDS[kind]! };
  });
  const table = (names: readonly ('id' | 'height' | 'width' | 'note' | 'kind')[]) =>
    `${[names, ...rows.map((row) => names.map((name) => row[name]))].map((cells) => cells.join(',')).join('\n')}\n`;
  writeFileSync(at('data.csv'), table(['id', 'height', 'width', 'kind', 'note']));
  writeFileSync(at('questions.csv'), table(['id', 'height', 'width', 'note']));
  writeFileSync(at('bare.csv'), table(['width', 'height']));
  const args = ['train', '--data', 'data.csv', ...COLUMNS, '--hidden', '4', '--iterations', '40', '--json'];
  const { code, stdout, stderr } = await longhand(args, folder);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout).data).toMatchObject({ label: 'kind', ignored: ['ID', 'note'] });
  expect(stderr).toMatch(/the labels are in the column "kind" \(as asked for\)/);
  expect(stderr).toMatch(/the columns "id", "note" are left out \(as asked for\)/);
});

test('the model file names them', () => {
  const { origin } = decodeModel(readFileSync(at('model.safetensors')), 'model').record;
  expect(origin).toEqual({ label: 'kind', ignored: ['ID', 'note'] });
});

test.each([
  ['evaluate', []],
  ['check', ['--examples', '3']],
  ['explain', ['Z1[0]']],
  ['compare', ['model.safetensors']],
])('%s needs no flags, and says what it took', async (command, more) => {
  const args = [command, 'model.safetensors', ...more, '--data', 'data.csv'];
  const { code, stdout, stderr } = await longhand([...args, '--json'], folder);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout).data).toMatchObject({ label: 'kind', ignored: ['ID', 'note'] });
  expect(stderr).toMatch(/the labels are in the column "kind" \(as when the model was trained\)/);
  expect(stderr).toMatch(/the columns "id", "note" are left out \(as when the model was trained\)/);
});

test('predict takes the data with their labels, without them, and the features alone', async () => {
  const answers = await Promise.all(
    ['data', 'questions', 'bare'].map(async (data) => {
      const args = ['predict', 'model.safetensors', '--data', `${data}.csv`, '--out', `${data}.out`];
      const { code, stdout, stderr } = await longhand([...args, '--json'], folder);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ answers: 60, data: { kind: 'csv' } });
      return readFileSync(at(`${data}.out`), 'utf8');
    }),
  );
  expect(answers[0]).toMatch(/^ImageId,Label\n1,(red|green|blue)\n/);
  expect(new Set(answers).size).toBe(1);
});

test.each([
  ['predict', ['--index', '0'], /"nothere", which --label names/],
  ['explain', ['Z1[0]', '--index', '0'], /"nothere", which --label names/],
  ['show', ['--augment', '--shift', '1'], /"nothere", which --label names/],
])('%s takes --label, which comes before what the model knows', async (command, more, line) => {
  const args = [command, 'model.safetensors', ...more, '--data', 'data.csv', '--label', 'nothere'];
  const { code, stderr } = await longhand(args, folder);
  expect(stderr).toMatch(line);
  expect(code).toBe(2);
});

test.each([
  ['predict', ['--index', '0']],
  ['explain', ['Z1[0]', '--index', '0']],
])('%s takes --ignore', async (command, more) => {
  const args = [command, 'model.safetensors', ...more, '--data', 'data.csv', '--ignore', 'nothere'];
  const { code, stderr } = await longhand(args, folder);
  expect(stderr).toMatch(/"nothere", which --ignore names/);
  expect(code).toBe(2);
});
