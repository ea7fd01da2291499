/** A card of the tour. */
export interface Card {
  readonly title: string;
  readonly text: readonly string[];
  /** Which step the board shows meanwhile. */
  readonly step: number | 'last' | 'answer' | 'error';
  /** What the card points at. */
  readonly at: string;
  /** The same in a narrow window, where that is far down the page. */
  readonly atNarrow?: string;
}

/** The width up to which the board is one column, in CSS pixels. */
export const NARROW = 760;

/** The tour of the board. The first card's text is the goal. */
export const CARDS: readonly Card[] = [
  {
    title: 'Welcome to the board',
    text: ['Here a small neural network learns from one picture, and you can see every number of it.'],
    step: 0,
    at: '.network',
    atNarrow: '.goal',
  },
  {
    title: 'A picture becomes numbers',
    text: [
      'Each square is a number. X is the picture: 784 pixels. W¹ holds ten pictures of weights, one for each hidden unit.',
      'Blue is positive, red is negative. The red figures say how many rows and columns there are.',
    ],
    step: 1,
    at: '.equation.makes-Z',
  },
  {
    title: 'The answer',
    text: [
      'After four equations the network has an answer: a probability for each digit. The right one has a green ring.',
    ],
    step: 'answer',
    at: '.network',
  },
  {
    title: 'The error goes back',
    text: [
      'The answer minus the right answer is the error. From it the network works out, backward, how every weight should change.',
    ],
    step: 'error',
    at: '.column.backward .equation',
  },
  {
    title: 'Learning is a small step',
    text: ['The update moves every weight a little. You see the probabilities before and after it here.'],
    step: 'last',
    at: '.update-told',
  },
  {
    title: 'Press anything',
    text: [
      'Press a square, a unit or a line: its sum is written out, as you would do it by hand. Press a symbol to read what it means.',
    ],
    step: 'last',
    at: '.longhand',
  },
  {
    title: 'Change something',
    text: [
      'Drag a weight, a bias or a pixel up or down: everything that follows from it changes at once. “Put it back” restores it.',
    ],
    step: 'last',
    at: '.equation.makes-Z',
  },
  {
    title: 'Now you',
    text: [
      'Press Next, and watch one equation after the other. “All at once” shows all of them. “Help” opens this tour again.',
    ],
    step: 0,
    at: '.step-buttons',
  },
];
