/** A part of a page that can stand alone in a frame, or a control that can be left out. */
export interface Named {
  readonly name: string;
  readonly title: string;
}

interface Part extends Named {
  /** The size that a frame needs, in CSS pixels. */
  readonly size: readonly [width: number, height: number];
  /** Whether the part is made larger or smaller until it fills its frame. */
  readonly isFitted?: boolean;
  /** What the address needs beside the part, such as the run whose chart it is. */
  readonly needs?: Readonly<Record<string, string>>;
}

interface PageParts {
  readonly parts: readonly Part[];
  readonly controls: readonly Named[];
}

/** The line at the foot of a frame, which leads to the whole page. */
export const HEADER: Named = { name: 'header', title: 'the line that leads to Longhand' };

/**
 * Of each page, the parts and the controls. Elements have their names in `data-part` and
 * `data-control`. A page whose `part` has none of these names is shown whole.
 */
export const PARTS: Readonly<Record<string, PageParts>> = {
  board: {
    parts: [
      { name: 'board', title: 'the whole board', size: [1200, 860], isFitted: true },
      { name: 'equation', title: 'one equation', size: [720, 420], isFitted: true },
      { name: 'network', title: 'the network', size: [420, 460], isFitted: true },
    ],
    controls: [
      { name: 'choices', title: 'model, digit, m and α' },
      { name: 'steps', title: 'the buttons for steps' },
      { name: 'longhand', title: 'the sum in longhand' },
      { name: 'legend', title: 'colors, printing and saving' },
    ],
  },
  learn: {
    parts: [
      { name: 'page', title: 'the whole page', size: [1100, 900] },
      {
        name: 'figure',
        title: 'the figures of a chapter',
        size: [640, 720],
        needs: { chapter: 'one-unit' },
      },
    ],
    controls: [
      { name: 'chapters', title: 'the list of chapters' },
      { name: 'code', title: 'equation and code' },
    ],
  },
  train: {
    parts: [
      { name: 'page', title: 'the whole page', size: [1100, 900] },
      { name: 'accuracy', title: 'the chart of the accuracy', size: [640, 400], needs: { run: '1' } },
      { name: 'loss', title: 'the chart of the loss', size: [640, 400], needs: { run: '1' } },
      { name: 'units', title: 'the hidden units', size: [720, 320], needs: { run: '1' }, isFitted: true },
    ],
    controls: [
      { name: 'settings', title: 'settings' },
      { name: 'buttons', title: 'Train, Step, Stop, Reset' },
      { name: 'threads', title: 'the note on threads' },
    ],
  },
  runs: {
    parts: [
      { name: 'page', title: 'the whole page', size: [1100, 900], needs: { example: '1' } },
      { name: 'parallel', title: 'the lines of all trials', size: [900, 520], needs: { example: '1' } },
      { name: 'dots', title: 'each setting against accuracy', size: [760, 560], needs: { example: '1' } },
      { name: 'importance', title: 'which settings matter', size: [520, 360], needs: { example: '1' } },
    ],
    controls: [],
  },
  draw: {
    parts: [
      { name: 'page', title: 'the whole page', size: [1100, 900] },
      { name: 'pad', title: 'the pad and the answer', size: [760, 480], isFitted: true },
    ],
    controls: [
      { name: 'model', title: 'the choice of the model' },
      { name: 'tools', title: 'Clear, Undo, pens and test digits' },
      { name: 'photo', title: 'Read a photo' },
      { name: 'keys', title: 'the note on keys' },
      { name: 'probabilities', title: 'the probabilities' },
      { name: 'nearest', title: 'the most similar digits' },
      { name: 'teach', title: 'the correction of the answer' },
    ],
  },
  examine: {
    parts: [
      { name: 'page', title: 'the whole page', size: [1100, 900] },
      { name: 'confusion', title: 'the confusion matrix', size: [640, 720], isFitted: true },
      { name: 'gallery', title: 'the gallery', size: [720, 640] },
      { name: 'mistakes', title: 'the mistakes', size: [900, 260], isFitted: true },
      { name: 'calibration', title: 'the calibration', size: [820, 520], isFitted: true },
    ],
    controls: [
      { name: 'model', title: 'model and set' },
      { name: 'filters', title: 'the filters' },
    ],
  },
  why: {
    parts: [{ name: 'page', title: 'the whole page', size: [1100, 900] }],
    controls: [
      { name: 'links', title: 'links to other experiments' },
      { name: 'buttons', title: 'Start, seed and link' },
    ],
  },
  glossary: {
    parts: [
      { name: 'page', title: 'the whole page', size: [760, 640] },
      { name: 'term', title: 'one term', size: [640, 160], needs: { term: 'W' }, isFitted: true },
    ],
    controls: [],
  },
};
