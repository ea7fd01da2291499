/** The programs that a learner fills in. */
export type StarterName = 'python' | 'javascript' | 'typescript';

interface Starter {
  /** What it is saved as. */
  readonly file: string;
  /** The file of the exercise, and of the answers, if no other is named. */
  readonly exercise: string;
  readonly answers: string;
  /** How it is run. */
  readonly run: string;
  readonly text: (exercise: string) => string;
}

const QUOTED = (file: string) => JSON.stringify(file);

function python(exercise: string): string {
  return `# Write the forward pass, the backward pass and the update yourself, with NumPy alone.
# Run: python3 backward.py        Mark: longhand mark answers.npz
import numpy as np

given = np.load(${QUOTED(exercise)})
W1, b1 = given["W1"], given["b1"]  # 10 x 784 and 10 x 1
W2, b2 = given["W2"], given["b2"]  # 10 x 10 and 10 x 1
X, Y = given["X"], given["Y"]  # pixels, 784 x m, each between 0 and 1; one-hot labels, 10 x m
alpha = float(given["alpha"])
m = X.shape[1]  # every column is an example

# Replace None, one line after the other. You can have every step marked alone.

# Forward
Z1 = None  # the weighted sums of the hidden layer
A1 = None  # ReLU of each
Z2 = None  # the weighted sums of the output layer
A2 = None  # softmax of each column
loss = None  # the mean cross-entropy, one number

# Backward
dZ2 = None
dW2 = None
db2 = None
dZ1 = None
dW1 = None
db1 = None

# Update
W1_new = None
b1_new = None
W2_new = None
b2_new = None

names = "Z1 A1 Z2 A2 loss dZ2 dW2 db2 dZ1 dW1 db1 W1_new b1_new W2_new b2_new".split()
answers = {name: globals()[name] for name in names if globals()[name] is not None}
np.savez("answers.npz", **answers)
print("saved", ", ".join(answers) or "nothing yet", "in answers.npz")
`;
}

function script(exercise: string, isTyped: boolean): string {
  const [file, matrix, number] = isTyped ? ['backward.ts', ': Matrix', ': number'] : ['backward.js', '', ''];
  const open = isTyped ? ': Matrix | undefined' : '';
  return `// Write the forward pass, the backward pass and the update yourself.
// Run: node ${file}        Mark: longhand mark answers.json${isTyped ? '\n// Node runs TypeScript from version 22.18 on.' : ''}
import { readFileSync, writeFileSync } from 'node:fs';
${isTyped ? '\ntype Matrix = number[][];\n' : ''}
const given = JSON.parse(readFileSync(${QUOTED(exercise)}, 'utf8'));
// 10 x 784, 10 x 1, 10 x 10, 10 x 1: an entry is W1[i][k].
const { W1, b1, W2, b2 }${isTyped ? ': Record<string, Matrix>' : ''} = given;
// Pixels, 784 x m, each between 0 and 1; one-hot labels, 10 x m. Every column is an example.
const { X, Y }${isTyped ? ': Record<string, Matrix>' : ''} = given;
const alpha${number} = given.alpha;
const m = X[0].length;

/** The product A B. */
function multiply(A${matrix}, B${matrix})${matrix} {
  return A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
}

/** Rows and columns exchanged. */
function transpose(A${matrix})${matrix} {
  return A[0].map((_, j) => A.map((row) => row[j]));
}

/** f(i, j) in every entry of a matrix with so many rows and columns. */
function fill(rows${number}, columns${number}, f${isTyped ? ': (i: number, j: number) => number' : ''})${matrix} {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => f(i, j)));
}

// Give each of them a value, one after the other. You can have every step marked alone.

// Forward
let Z1${open}; // the weighted sums of the hidden layer
let A1${open}; // ReLU of each
let Z2${open}; // the weighted sums of the output layer
let A2${open}; // softmax of each column
let loss${isTyped ? ': number | undefined' : ''}; // the mean cross-entropy, one number

// Backward
let dZ2${open};
let dW2${open};
let db2${open};
let dZ1${open};
let dW1${open};
let db1${open};

// Update
let W1_new${open};
let b1_new${open};
let W2_new${open};
let b2_new${open};

// What has no value yet is left out.
const answers = { Z1, A1, Z2, A2, loss, dZ2, dW2, db2, dZ1, dW1, db1, W1_new, b1_new, W2_new, b2_new };
writeFileSync('answers.json', JSON.stringify(answers));
`;
}

/** Every starter by its language. */
export const STARTERS: Readonly<Record<StarterName, Starter>> = {
  python: {
    ...{ file: 'backward.py', exercise: 'exercise.npz', answers: 'answers.npz', run: 'python3 backward.py' },
    text: python,
  },
  javascript: {
    ...{ file: 'backward.js', exercise: 'exercise.json', answers: 'answers.json', run: 'node backward.js' },
    text: (exercise) => script(exercise, false),
  },
  typescript: {
    ...{
      file: 'backward.ts',
      exercise: 'exercise.json',
      answers: 'answers.json',
      run: 'node backward.ts',
    },
    text: (exercise) => script(exercise, true),
  },
};
