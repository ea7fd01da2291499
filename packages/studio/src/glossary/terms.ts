import type { ChapterName } from './course.js';

/** A word or symbol of the page, explained in one sentence. */
export interface Term {
  /** In addresses and in the page's text: `W`, `g-prime`. */
  readonly name: string;
  /** The chapter of the course that explains it. */
  readonly chapter: ChapterName;
  /** How it is written: `⊙`, `α`. */
  readonly symbol: string;
  /** What it is called: `weights`. */
  readonly title: string;
  /** The plain sentence that tooltips and the Glossary show. */
  readonly sentence: string;
  /** The exact form, for the Glossary. */
  readonly exact?: string;
}

/**
 * Everything that the page calls by a symbol or a term. Tooltips and the page Glossary show these
 * sentences, which are written here only. The order is that of the cycle.
 */
export const TERMS = [
  {
    name: 'X',
    chapter: 'pixels',
    symbol: 'X',
    title: 'the input',
    sentence:
      'X is the picture as a column of numbers: one for each pixel, 0 for blank paper up to 1 for full ink.',
    exact: 'n₀ × m: 784 rows for 28 × 28 pixels, a column for each example',
  },
  {
    name: 'm',
    chapter: 'loss',
    symbol: 'm',
    title: 'the number of examples',
    sentence: 'm is how many examples go through the network together; gradients and loss are their mean.',
  },
  {
    name: 'W',
    chapter: 'one-unit',
    symbol: 'W',
    title: 'the weights',
    sentence: 'W holds the weights: how strongly each input of a layer counts for each of its units.',
    exact: 'a row for each unit, a column for each input; training changes them',
  },
  {
    name: 'b',
    chapter: 'one-unit',
    symbol: 'b',
    title: 'the biases',
    sentence: 'b holds a bias for each unit: a number that is added to its sum, whatever the input is.',
    exact: 'one column; training changes it',
  },
  {
    name: 'Z',
    chapter: 'weighted-sum',
    symbol: 'Z',
    title: 'the weighted sums',
    sentence: 'Z holds the weighted sum of each unit: its inputs times its weights, added up, plus its bias.',
    exact: 'Z = W A + b, with A of the layer before',
  },
  {
    name: 'A',
    chapter: 'bias-and-relu',
    symbol: 'A',
    title: 'the activations',
    sentence: 'A holds the activation of each unit: what it passes on, computed from its weighted sum.',
    exact: 'A = g(Z); in the last layer, the probabilities',
  },
  {
    name: 'relu',
    chapter: 'bias-and-relu',
    symbol: 'ReLU',
    title: 'rectified linear unit',
    sentence: 'ReLU keeps a positive sum and turns a negative one into 0: a unit is on or off.',
    exact: 'g(z) = max(z, 0)',
  },
  {
    name: 'activation',
    chapter: 'bias-and-relu',
    symbol: 'g',
    title: 'the activation function',
    sentence:
      'g is the non-linearity of the hidden units; without one, several layers are no more than a single layer.',
    exact: 'A = g(Z), entry by entry',
  },
  {
    name: 'softmax',
    chapter: 'softmax',
    symbol: 'softmax',
    title: 'sums into probabilities',
    sentence: 'Softmax turns the last sums into probabilities: all are positive, and they add up to 1.',
    exact: 'aᵢ = exp(zᵢ) / Σₖ exp(zₖ)',
  },
  {
    name: 'Y',
    chapter: 'loss',
    symbol: 'Y',
    title: 'the labels',
    sentence: 'Y holds the right answers: 1 for the right class of each example, 0 for all others.',
    exact: 'one-hot: a column for each example',
  },
  {
    name: 'J',
    chapter: 'loss',
    symbol: 'J',
    title: 'the loss',
    sentence:
      'The loss J says how wrong the network is: near 0 when it gives the right class a high probability.',
    exact: 'cross-entropy: J = −1/m Σ log a of the right class',
  },
  {
    name: 'nats',
    chapter: 'loss',
    symbol: 'nats',
    title: 'the unit of the loss',
    sentence:
      'A nat is the unit of the loss: guessing among ten classes costs about 2.3 nats, a sure and right answer 0.',
    exact: 'the natural logarithm is used; ln 10 ≈ 2.303',
  },
  {
    name: 'd',
    chapter: 'downhill',
    symbol: 'd…',
    title: 'a gradient',
    sentence:
      'A d before a symbol means its gradient: how much the loss changes when that number grows a little.',
    exact: 'dW = ∂J/∂W',
  },
  {
    name: 'gradient',
    chapter: 'downhill',
    symbol: 'gradient',
    title: 'the slope of the loss',
    sentence:
      'A gradient says for each number whether the loss rises or falls when the number grows, and how fast.',
  },
  {
    name: 'dZ',
    chapter: 'output-error',
    symbol: 'dZ',
    title: 'the errors',
    sentence: 'dZ holds the error of each unit: for an output, the network’s answer minus the right answer.',
    exact: 'A − Y in the last layer; Wᵀ dZ ⊙ g′(Z) in the others, with W and dZ of the next layer',
  },
  {
    name: 'dW',
    chapter: 'output-error',
    symbol: 'dW',
    title: 'the gradient of the weights',
    sentence: 'dW says for each weight how much the loss changes when the weight grows a little.',
    exact: 'dW = 1/m dZ Aᵀ, with A of the layer before',
  },
  {
    name: 'db',
    chapter: 'output-error',
    symbol: 'db',
    title: 'the gradient of the biases',
    sentence: 'db says for each bias how much the loss changes when the bias grows a little.',
    exact: 'db = 1/m Σ dZ, over the examples',
  },
  {
    name: 'hadamard',
    chapter: 'weighted-sum',
    symbol: '⊙',
    title: 'entry by entry',
    sentence: '⊙ multiplies two matrices entry by entry: each number with the one in the same place.',
    exact: 'the Hadamard product',
  },
  {
    name: 'g-prime',
    chapter: 'sending-back',
    symbol: 'g′',
    title: 'the slope of the activation',
    sentence:
      'g′ is the slope of the activation function: for ReLU, 1 where the unit was on and 0 where it was off.',
  },
  {
    name: 'chain-rule',
    chapter: 'sending-back',
    symbol: 'chain rule',
    title: 'slopes along a way',
    sentence:
      'The chain rule multiplies the slopes along a way through the network, and adds up all ways to a weight.',
    exact: '(f ∘ g)′(x) = f′(g(x)) · g′(x)',
  },
  {
    name: 'gradient-check',
    chapter: 'output-error',
    symbol: 'gradient check',
    title: 'is the gradient right?',
    sentence:
      'A gradient check moves one number a little, measures the loss, and compares the slope with the gradient.',
  },
  {
    name: 'transposed',
    chapter: 'output-error',
    symbol: 'T',
    title: 'transposed',
    sentence: 'A small T means transposed: rows and columns are swapped.',
  },
  {
    name: 'sum',
    chapter: 'output-error',
    symbol: '1/m Σ',
    title: 'the mean over the examples',
    sentence: 'Σ adds up over the examples, and 1/m divides by their number: together they are the mean.',
  },
  {
    name: 'alpha',
    chapter: 'downhill',
    symbol: 'α',
    title: 'the learning rate',
    sentence: 'The learning rate α says how large a step each update takes against the gradient.',
    exact: 'W := W − α dW, b := b − α db',
  },
  {
    name: 'update',
    chapter: 'downhill',
    symbol: ':=',
    title: 'the update',
    sentence: 'The update is the step that learns: new value = old value − learning rate × gradient.',
  },
  {
    name: 'iteration',
    chapter: 'update',
    symbol: 'iteration',
    title: 'one round of training',
    sentence: 'An iteration is one round of forward, backward and update.',
  },
  {
    name: 'epoch',
    chapter: 'further',
    symbol: 'epoch',
    title: 'once through the data',
    sentence: 'An epoch is over when training has gone through all its examples once.',
  },
  {
    name: 'training',
    chapter: 'know-or-remember',
    symbol: 'training',
    title: 'the training set',
    sentence: 'The training set holds the examples that the network learns from.',
  },
  {
    name: 'dev',
    chapter: 'know-or-remember',
    symbol: 'dev',
    title: 'the dev set',
    sentence:
      'The dev set holds examples that are kept out of training: choose your settings by the accuracy on them.',
    exact: 'also called the validation set',
  },
  {
    name: 'test',
    chapter: 'know-or-remember',
    symbol: 'test',
    title: 'the test set',
    sentence:
      'The test set holds examples that neither training nor you have chosen by: use it once, at the end.',
  },
  {
    name: 'mini-batch',
    chapter: 'further',
    symbol: 'mini-batch',
    title: 'a few examples for one update',
    sentence: 'A mini-batch is a small part of the training set: each update uses the mean over one of them.',
  },
  {
    name: 'momentum',
    chapter: 'further',
    symbol: 'momentum',
    title: 'keep a part of the last step',
    sentence: 'Momentum adds a part of the last step to each new one, so that steps which agree grow.',
  },
  {
    name: 'augmentation',
    chapter: 'further',
    symbol: 'augmentation',
    title: 'changed copies of the examples',
    sentence: 'Augmentation changes the training examples a little each time, so that none comes twice.',
  },
  {
    name: 'overfitting',
    chapter: 'know-or-remember',
    symbol: 'overfitting',
    title: 'remembering instead of knowing',
    sentence:
      'A network overfits when it is much better on its training examples than on others: it remembers them.',
  },
  {
    name: 'dead',
    chapter: 'notebook',
    symbol: 'dead unit',
    title: 'a unit that gives 0 always',
    sentence: 'A dead unit gives 0 for every example: it gets no gradient and learns no more.',
  },
  {
    name: 'nan',
    chapter: 'softmax',
    symbol: 'NaN',
    title: 'not a number',
    sentence:
      'NaN is what a computer has for a result that is no number, such as infinity divided by infinity.',
  },
  {
    name: 'unit',
    chapter: 'one-unit',
    symbol: 'unit',
    title: 'one node of a layer',
    sentence:
      'A unit adds up its weighted inputs and its bias, and passes the result through its activation.',
    exact: 'a hidden unit is one that is neither input nor output',
  },
  {
    name: 'sigmoid',
    chapter: 'one-unit',
    symbol: 'σ',
    title: 'the sigmoid',
    sentence: 'The sigmoid σ turns any sum into a number between 0 and 1.',
    exact: 'σ(z) = 1 / (1 + exp(−z))',
  },
  {
    name: 'probability',
    chapter: 'softmax',
    symbol: 'p',
    title: 'the probability of a class',
    sentence:
      'A probability says how likely the network takes a class to be: from 0%, impossible, to 100%, certain.',
  },
  {
    name: 'confidence',
    chapter: 'softmax',
    symbol: 'confidence',
    title: 'how sure the answer is',
    sentence: 'The confidence is the probability that the network gives to its own answer.',
  },
  {
    name: 'accuracy',
    chapter: 'know-or-remember',
    symbol: 'accuracy',
    title: 'the share of right answers',
    sentence: 'The accuracy is the share of examples that the network reads right.',
  },
  {
    name: 'balanced-accuracy',
    chapter: 'know-or-remember',
    symbol: 'balanced accuracy',
    title: 'every class counts the same',
    sentence:
      'The balanced accuracy is the mean of the accuracies of all classes, so that a rare one counts as much.',
  },
  {
    name: 'confusion',
    chapter: 'know-or-remember',
    symbol: 'confusion matrix',
    title: 'which class is read as which',
    sentence: 'The confusion matrix counts for each label, in its row, how often it was read as each class.',
  },
  {
    name: 'calibration',
    chapter: 'know-or-remember',
    symbol: 'calibration',
    title: 'confidence against accuracy',
    sentence: 'A network is well calibrated if it is right as often as its confidence says.',
  },
] as const satisfies readonly Term[];

export type TermName = (typeof TERMS)[number]['name'];
