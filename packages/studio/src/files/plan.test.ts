import { describe, expect, test } from 'vitest';
import { planFiles } from './plan.js';

const plan = (...paths: string[]) => planFiles(paths.map((path) => ({ path })));
const at = (path: string) => ({ path });

test('a model is a model', () => {
  expect(plan('my model.safetensors')).toEqual({ models: [at('my model.safetensors')] });
});

test('what is nothing of ours gets one line that says what is expected', () => {
  expect(() => plan('letter.docx')).toThrow(/^letter\.docx: expected a model \(\.safetensors\)/);
  expect(() => plan('folder/.DS_Store')).toThrow('.DS_Store: expected a model');
  expect(() => plan()).toThrow('nothing there');
});

describe('IDX files', () => {
  test.each([
    ['as the originals are named', '-', ''],
    ['with a dot', '.', ''],
    ['gzipped', '-', '.gz'],
  ])('%s', (_, mark, end) => {
    const [trainingImages, trainingLabels, testImages, testLabels] = [
      `train-images${mark}idx3-ubyte${end}`,
      `train-labels${mark}idx1-ubyte${end}`,
      `t10k-images${mark}idx3-ubyte${end}`,
      `t10k-labels${mark}idx1-ubyte${end}`,
    ];
    expect(plan(testLabels, trainingImages, testImages, trainingLabels).data).toEqual({
      kind: 'idx',
      name: 'your IDX files',
      training: { images: at(trainingImages), labels: at(trainingLabels) },
      test: { images: at(testImages), labels: at(testLabels) },
    });
  });

  test('a pair alone is a training set, whatever it is called', () => {
    const found = plan('d/t10k-images-idx3-ubyte', 'd/t10k-labels-idx1-ubyte').data;
    expect(found).toMatchObject({
      kind: 'idx',
      name: 'd',
      training: { images: at('d/t10k-images-idx3-ubyte') },
    });
    expect(found).not.toHaveProperty('test');
  });

  test('a file and its gzip are the same', () => {
    expect(plan('images-idx3-ubyte', 'images-idx3-ubyte.gz', 'labels-idx1-ubyte.gz').data).toMatchObject({
      training: { images: at('images-idx3-ubyte'), labels: at('labels-idx1-ubyte.gz') },
    });
  });

  test('may have the names of their classes beside them, and rows in place of pictures', () => {
    expect(plan('d/train-images-idx2-ubyte', 'd/classes.txt', 'd/train-labels-idx1-ubyte').data).toEqual({
      kind: 'idx',
      name: 'd',
      training: { images: at('d/train-images-idx2-ubyte'), labels: at('d/train-labels-idx1-ubyte') },
      classes: at('d/classes.txt'),
    });
  });

  test('images without labels are named', () => {
    expect(() => plan('train-images-idx3-ubyte')).toThrow(
      'train-images-idx3-ubyte: the labels that belong to it are missing',
    );
    expect(() => plan('train-labels-idx1-ubyte')).toThrow('the images that belong to it are missing');
  });

  test('two datasets at once are refused', () => {
    expect(() => plan('a-images-idx3-ubyte', 'b-images-idx3-ubyte', 'a-labels-idx1-ubyte')).toThrow(
      'a-images-idx3-ubyte and b-images-idx3-ubyte: two files for the same training set',
    );
  });
});

describe('CSV files', () => {
  test('one is a training set', () => {
    expect(plan('digits.csv.gz').data).toEqual({
      kind: 'csv',
      name: 'digits',
      training: at('digits.csv.gz'),
    });
  });

  test('of two, the one with "test" in its name is the test set', () => {
    expect(plan('d/mnist_test.csv', 'd/mnist_train.csv').data).toEqual({
      kind: 'csv',
      name: 'd',
      training: at('d/mnist_train.csv'),
      test: at('d/mnist_test.csv'),
    });
    expect(() => plan('a.csv', 'b.csv')).toThrow('a.csv, b.csv: expected one CSV file, or two');
  });
});

describe('pictures', () => {
  test('have their class from their folder, numbers in their order', () => {
    expect(plan('f/10/a.png', 'f/2/b.JPG', 'f/2/c.jpeg', 'f/notes.txt').data).toEqual({
      kind: 'pictures',
      name: 'f',
      classNames: ['2', '10'],
      training: [
        { file: at('f/10/a.png'), label: 1 },
        { file: at('f/2/b.JPG'), label: 0 },
        { file: at('f/2/c.jpeg'), label: 0 },
      ],
    });
  });

  test('lie in a training and a test folder, or not', () => {
    expect(plan('f/training/0/a.png', 'f/testing/0/b.png', 'f/training/1/c.png').data).toMatchObject({
      training: [{ label: 0 }, { label: 1 }],
      test: [{ file: at('f/testing/0/b.png'), label: 0 }],
    });
    expect(plan('test/0/b.png', 'test/1/c.png').data).not.toHaveProperty('test');
  });

  test('a class may be called test', () => {
    expect(plan('f/test/a.png', 'f/train/b.png').data).toMatchObject({ classNames: ['test', 'train'] });
  });

  test('without folders for classes there are none', () => {
    expect(() => plan('a.png')).toThrow('a.png: a picture has its class from the folder it lies in');
    expect(() => plan('f/a.png', 'f/b.png')).toThrow('a.png: a picture has its class');
  });
});
