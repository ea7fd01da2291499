import { isMissing, isPrintable, MAX_CLASSES } from '../class-names.js';
import { type CsvColumns, NUMBER, shown } from './header.js';
import type { KnownData } from './known-data.js';

const DIGIT_CLASSES = 10;
const DIGIT_PIXELS = 784;

/** Why a cell cannot be used, as a clause. */
export interface CellProblem {
  readonly problem: string;
}

/** The classes that the cells of a label column name. */
export class CsvClasses {
  readonly #columns: CsvColumns;
  readonly #known: KnownData | undefined;
  /** Whether the columns are those of Kaggle's digits. Then each label is one of ten. */
  readonly #areDigits: boolean;
  /** The classes, in the order in which they appear or as known before. */
  readonly #classes: Map<string, number>;

  constructor(columns: CsvColumns, known: KnownData | undefined) {
    this.#columns = columns;
    this.#known = known;
    const { names, arePixels } = columns;
    this.#areDigits = !known && arePixels && names.length === DIGIT_PIXELS + 1 && names.includes('pixel0');
    this.#classes = new Map(known?.classNames.map((className, label) => [className, label]));
  }

  /** The index of the class that a cell names, in order of appearance. */
  labelOf(text: string): number | CellProblem {
    const isNumber = NUMBER.test(text);
    const isUnknown = isMissing(text) && !this.#known?.classNames.includes(text);
    if (text === '' || isUnknown || !isPrintable(text) || (isNumber && !Number.isInteger(Number(text)))) {
      const advice = this.#columns.isLabelNamed ? '' : ': name the column of labels label';
      return { problem: `expected a label, an integer or a word, found ${shown(text)}${advice}` };
    }
    const className = isNumber ? String(Number(text)) : text;
    if (this.#areDigits && !/^\d$/.test(className)) {
      return {
        problem: `expected a digit from 0 to 9, as with these pixels, found ${shown(text)}: of other pictures call the columns otherwise`,
      };
    }
    const found = this.#classes.get(className);
    if (found !== undefined) return found;
    if (this.#known) {
      const { classNames } = this.#known;
      // Indices of names that are words.
      if (isNumber && classNames[Number(text)] && !classNames.some((known) => NUMBER.test(known)))
        return Number(text);
      const some = classNames.slice(0, 12).join(', ');
      return {
        problem: `expected a label that was trained on (${some}${classNames.length > 12 ? ', …' : ''}), found ${shown(text)}`,
      };
    }
    if (this.#classes.size === MAX_CLASSES) {
      return {
        problem: `expected at most ${MAX_CLASSES} different labels, found one more: is this the column of labels?`,
      };
    }
    this.#classes.set(className, this.#classes.size);
    return this.#classes.size - 1;
  }

  /**
   * The classes sorted by number or by name, and for each class in order of appearance its index
   * there.
   */
  sorted(): { readonly classNames: readonly string[]; readonly order: readonly number[] } {
    const met = [...this.#classes.keys()];
    if (this.#known) return { classNames: this.#known.classNames, order: [...met.keys()] };
    const areNumbers = met.every((className) => NUMBER.test(className));
    let classNames = [...met].sort(areNumbers ? (a, b) => Number(a) - Number(b) : undefined);
    const highest = Number(classNames.at(-1));
    // In pictures of digits, a digit may be missing.
    if (areNumbers && this.#columns.arePixels && Number(classNames[0]) >= 0 && highest < MAX_CLASSES) {
      classNames = Array.from({ length: Math.max(DIGIT_CLASSES, highest + 1) }, (_, label) => String(label));
    }
    return { classNames, order: met.map((className) => classNames.indexOf(className)) };
  }
}
