import type { Dataset } from '@longhand/core';
import { warningsOf } from '@longhand/core/data';
import { count, percent, plural } from '@longhand/core/text';
import { looksOf, lyingOf } from '../data/orientation/lying.js';
import type { DataDescription, Finding } from './description.js';

/** Of the mean brightness at the border, from which on the background is bright. */
const BRIGHT = 128;
const NAMES_SHOWN = 5;

export interface FindingOptions {
  /** How to write the advice to give every class the same weight. */
  readonly balanced?: string;
}

/** What a person should know about data, warnings first. */
export function findingsOf(
  description: Omit<DataDescription, 'findings'>,
  training: Dataset | undefined,
  read: { readonly notes: readonly string[]; readonly warnings?: readonly string[] },
  { balanced }: FindingOptions = {},
): Finding[] {
  const warnings: string[] = [];
  const notes: string[] = [];
  for (const { about, text } of training ? warningsOf(training, balanced ? { balanced } : {}) : []) {
    // In folders, pictures are always sorted by class.
    if (about !== 'sorted' || description.kind !== 'pictures') warnings.push(text);
  }
  warnings.push(...orientationWarnings(description), ...columnWarnings(description));
  const { training: copies, test, contradictions, leaked } = description.duplicates;
  if (leaked > 0) {
    const tests = description.parts.find((part) => part.name === 'test')?.examples ?? leaked;
    warnings.push(
      `${plural(leaked, 'test example')} of ${count(tests)} (${percent(leaked / tests, 1)}) ` +
        `${leaked === 1 ? 'is' : 'are'} also in the training set: the accuracy on the test set is too high`,
    );
  }
  if (contradictions > 0) {
    warnings.push(
      `${plural(contradictions, 'example')} ${contradictions === 1 ? 'has' : 'have'} the same values as an earlier one, ` +
        'but another class: one of the two labels is wrong',
    );
  }
  const sets = [
    ...(copies > 0 ? [`${count(copies)} training`] : []),
    ...(test > 0 ? [`${count(test)} test`] : []),
  ];
  if (sets.length > 0) {
    notes.push(
      `${sets.join(' and ')} ${copies + test === 1 ? 'example is a copy' : 'examples are copies'} of an earlier one`,
    );
  }
  if (description.isPicture && description.constantInputs > 0) {
    const inputs = description.width * description.height;
    notes.push(
      `${count(description.constantInputs)} of ${count(inputs)} pixels have the same value in every picture`,
    );
  }
  // What was said at reading is said here with figures.
  const looks = lyingOf(description.orientation);
  const told = (read.warnings ?? []).filter((text) => !looks || !text.startsWith(looksOf(looks)));
  return [
    // The readers' own may begin with the name of a file.
    ...told.map((text) => ({ level: 'warning', text: ended(text) }) as const),
    ...warnings.map((text) => ({ level: 'warning', text: sentence(text) }) as const),
    ...read.notes.map((text) => ({ level: 'note', text: ended(text) }) as const),
    ...notes.map((text) => ({ level: 'note', text: sentence(text) }) as const),
  ];
}

/** With a capital and a full stop. */
function sentence(text: string): string {
  return ended(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function orientationWarnings({
  orientation,
  isPicture,
  classes,
  width,
  height,
}: Omit<DataDescription, 'findings'>) {
  if (!isPicture) return [];
  const lying = lyingOf(orientation);
  if (lying) {
    const { best, asIs } = lying;
    const before = (asIs.inverted ? -1 : 1) * asIs.correlation;
    return [
      `${looksOf(lying)}: turned back, their mean pictures correlate with MNIST’s by ` +
        `${best.correlation.toFixed(2)}, as they are by ${before < 0 ? '−' : ''}${Math.abs(before).toFixed(2)}`,
    ];
  }
  const border = borderOf(classes, width, height);
  if (border !== undefined && border > BRIGHT) {
    return [
      `the background is bright (${Math.round(border)} of 255 at the border): MNIST’s is 0, with bright ink. A model ` +
        'trained on these pictures does not fit others',
    ];
  }
  return [];
}

/** The mean brightness of the outermost pixels. */
function borderOf(classes: DataDescription['classes'], width: number, height: number): number | undefined {
  let [sum, pixels] = [0, 0];
  for (const { mean, training } of classes) {
    for (const [p, value] of mean.entries()) {
      const [x, y] = [p % width, Math.floor(p / width)];
      if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue;
      sum += value * training;
      pixels += training;
    }
  }
  return pixels > 0 ? sum / pixels : undefined;
}

function columnWarnings({ columns = [] }: Omit<DataDescription, 'findings'>): string[] {
  const ids = columns.filter((column) => column.isId);
  const constant = columns.filter((column) => column.isConstant);
  return [
    ...(ids.length > 0
      ? [
          `${named(ids)} ${ids.length === 1 ? 'looks' : 'look'} like a number of the row: it says nothing about an ` +
            'example, and leave it out if so',
        ]
      : []),
    ...(constant.length > 0
      ? [`${named(constant)} ${constant.length === 1 ? 'has' : 'have'} the same value in every row`]
      : []),
  ];
}

function named(columns: readonly { readonly name: string }[]): string {
  const names = columns.slice(0, NAMES_SHOWN).map(({ name }) => name);
  const rest = columns.length - names.length;
  return `${columns.length === 1 ? 'column' : 'columns'} ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
