import { expect, test } from 'vitest';
import { nameOf, sortFiles } from './sort-files.js';

const at = (path: string) => ({ path, file: new File([], path) });

test('a model is a model, everything else is data', () => {
  const files = [at('my model.safetensors'), at('d/a.png'), at('x.docx')];
  expect(sortFiles(files)).toEqual({ models: files.slice(0, 1), weights: [], data: files.slice(1) });
});

test('weights belong to a model of TensorFlow.js; without one, they are data', () => {
  const [json, bin] = [at('m.json'), at('m.weights.bin')];
  expect(sortFiles([json, bin])).toEqual({ models: [json], weights: [bin], data: [] });
  expect(sortFiles([bin])).toEqual({ models: [], weights: [], data: [bin] });
});

test.each([
  ['their folder', ['f/0/a.png', 'f/1/b.png'], 'f'],
  ['the file', ['iris.csv'], 'iris'],
  ['the file in a gzip', ['iris.csv.gz'], 'iris'],
  ['a file that begins with a dot', ['.csv'], '.csv'],
  ['no folder that all are in', ['f/a.png', 'g/b.png'], 'your files'],
])('data are called like %s', (_, paths, name) => {
  expect(nameOf(paths.map((path) => ({ path })))).toBe(name);
});
