import type { QueryChange } from '../../state/location.js';

/**
 * A chapter of the course. It is plain data, so that tests can read its words and worksheets can
 * print them. To write one:
 *
 * 1. `chapters/NAME.ts` exports `chapter: Chapter`, NAME being its name in glossary/course.ts.
 * 2. `figures/NAME.tsx` exports `figures`: a component for every figure that the sections name. A
 *    figure is a part of the studio with real numbers. It can be used by keyboard, says its numbers
 *    to a screen reader, and fits into 280 px.
 * 3. Both are fetched together by the row in loaders.ts.
 * 4. The lines of code come from maths and from tests/golden/make_learn_golden.py, when the page is
 *    built: quotes.json says which.
 *
 * Paragraphs, questions and tasks are text with a little markup: `[weights](W)` is a term of the
 * Glossary, `[Board](#/board?step=3)` a link, `**word**` is bold, and a symbol stands between
 * backticks. Write at most 450 words, and sentences of 16 words in the mean.
 */
export interface Chapter {
  /** From top to bottom. On a wide screen, the figure of a section stands beside its text. */
  readonly sections: readonly Section[];
  /** The chapter's equation beside its lines of code. */
  readonly code: Code;
  /** The state of the Board that shows the same. */
  readonly board: { readonly text: string; readonly state: QueryChange };
  /** Blanks of the worksheet, beside the chapter's questions. */
  readonly tasks: readonly Task[];
}

export interface Section {
  readonly blocks: readonly Block[];
  /** The live figure: its name in `figures`, and its heading. */
  readonly figure?: Figure;
  readonly questions?: readonly Question[];
}

interface Figure {
  readonly name: string;
  readonly title: string;
  /** Whether it takes the whole width, below its text. */
  readonly isWide?: boolean;
}

/** A paragraph, or an equation in the notation of equation-text.ts. */
export type Block = string | Equation;

export interface Equation {
  /** `z = w_1 x_1 + b`, `dZ^[1] = W^[2]T dZ^[2] ⊙ ReLU′ ( Z^[1] )`: words with spaces between. */
  readonly equation: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** A question to predict, then look. It is marked at once, and can be answered again. */
export interface Question {
  readonly ask: string;
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly text: string;
  readonly isRight?: boolean;
  /** Why it is right, or what is wrong. */
  readonly why: string;
}

export interface Code extends Equation {
  /** The name of the lines in quotes.json. */
  readonly quote: string;
}

/** A blank on the worksheet. */
export interface Task {
  readonly ask: string;
  /** On the answer sheet. Numbers are computed. */
  readonly answer: string | (() => string);
  /** Empty lines to write on. Default 2. */
  readonly lines?: number;
  /** Whether it has squared paper to draw on in place of lines. */
  readonly isDrawn?: boolean;
}
