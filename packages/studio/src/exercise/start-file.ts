/** What a learner starts from. */
export const START_FILE = `// A matrix is a list of rows: W1[2][5] is in row 2 and column 5, counted from 0.
// A column is one, too: b1[2][0]. So are db1 and db2.
// Every column of X and Y is a digit. m is the number of digits. The pixels are divided by 255 already.
// Ready for you: multiply(A, B), transpose(A), and fill(rows, columns, (i, j) => …), a matrix whose
// entry in row i and column j is what the function gives:
//   let D = fill(10, m, (i, j) => 2 * A1[i][j]); // every entry of A1, doubled
//   let s = 0; for (let j = 0; j < m; j++) s += Y[3][j]; // the sum of row 3 of Y
// The signs + - * / work on numbers only, not on matrices. For numbers there are Math.exp(x), Math.log(x),
// Math.max(x, y), and z > 0 ? 1 : 0, which is 1 if z is positive and 0 if not.

function forward({ W1, b1, W2, b2, X, m }) {
  let Z1; // the weighted sums of the hidden layer: W1 X, plus b1 in every column
  let A1; // ReLU of each
  let Z2; // the weighted sums of the output layer: W2 A1 + b2
  let A2; // softmax of each column: subtract its largest number first

  return { Z1, A1, Z2, A2 };
}

function loss({ A2, Y, m }) {
  let loss; // the mean cross-entropy, one number

  return loss;
}

function backward({ X, Y, W2, Z1, A1, A2, m }) {
  let dZ2; // the error of the output
  let dW2;
  let db2;
  let dZ1; // the error of the hidden layer
  let dW1;
  let db1;

  return { dZ2, dW2, db2, dZ1, dW1, db1 };
}

function update({ W1, b1, W2, b2, dW1, db1, dW2, db2, alpha }) {
  let W1_new; // the old weights − alpha · their gradient
  let b1_new;
  let W2_new;
  let b2_new;

  return { W1_new, b1_new, W2_new, b2_new };
}
`;
