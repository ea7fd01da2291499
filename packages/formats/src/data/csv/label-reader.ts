import { isPrintable, MAX_CLASSES } from '@longhand/core/files';
import type { KnownSet } from '../known-sets.js';
import { isNumber, MISSING } from './dialect.js';

const DIGIT_CLASSES = 10;

/** What is known of the classes. */
export interface LabelContext {
  /** The classes of the model, or of the training set. */
  readonly known: readonly string[] | undefined;
  /** What the labels 0, 1, … mean, if the file says so. */
  readonly classNames: readonly string[] | undefined;
  /** The published dataset that the file's name says it is. */
  readonly set: KnownSet | undefined;
  /** Whether the features are pictures: of digits, one may be missing. */
  readonly arePictures: boolean;
}

/** The classes that the cells of a column of labels name. */
export class LabelReader {
  readonly #context: LabelContext;
  /** The classes as they are written, in the order in which they appear. */
  readonly #classes = new Map<string, number>();
  readonly #numbers = new Map<number, number>();
  readonly #texts = new Map<string, number>();
  /** Of each class in the order of appearance, its index in the model. */
  readonly #places: number[] = [];

  constructor(context: LabelContext) {
    this.#context = context;
  }

  /** The index of a cell's class, in the order of appearance; a text is why it is none. */
  indexOf(value: number, text: string | undefined): number | string {
    const found = text === undefined ? this.#numbers.get(value) : this.#texts.get(text);
    return found ?? this.#add(value, text);
  }

  /** The classes in their order, and of each in the order of appearance its index there. */
  finish(): { readonly classNames: readonly string[]; readonly order: readonly number[] } {
    const { known } = this.#context;
    if (known) return { classNames: known, order: this.#places };
    const met = [...this.#classes.keys()];
    const named = this.#named(met);
    const classNames = this.#sorted(met, named);
    return { classNames, order: named.map((name) => classNames.indexOf(name)) };
  }

  #add(value: number, text: string | undefined): number | string {
    const fail = (found: string) => `expected a label, an integer or a word, found ${found}`;
    if (text === undefined && !Number.isInteger(value)) return fail(String(value));
    const name = text === undefined ? String(value) : text.normalize('NFC');
    if (MISSING.test(name)) return fail(name === '' ? 'nothing' : `${name}: the label is missing`);
    if (!isPrintable(name)) return fail(`${JSON.stringify(name.slice(0, 20))}, which has control characters`);
    const same = this.#classes.get(name);
    const index = same ?? this.#classes.size;
    if (same === undefined) {
      if (index === MAX_CLASSES)
        return `expected at most ${MAX_CLASSES} different labels, found one more: is this the column of labels?`;
      const problem = this.#place(name);
      if (problem) return problem;
    }
    this.#classes.set(name, index);
    if (text === undefined) this.#numbers.set(value, index);
    else this.#texts.set(text, index);
    return index;
  }

  /** Finds a class among those of the model. Returns why it is none of them. */
  #place(name: string): string | undefined {
    const { known } = this.#context;
    if (!known) return undefined;
    const [meant] = this.#named([name]);
    const isIndex = /^\d+$/.test(name) && !known.some(isNumber) && Number(name) < known.length;
    const place = known.indexOf(meant!);
    if (place < 0 && !isIndex) {
      const some = known.slice(0, 12).join(', ');
      return `expected a label that was trained on (${some}${known.length > 12 ? ', …' : ''}), found ${JSON.stringify(name.slice(0, 20))}`;
    }
    // Indices of names that are words.
    this.#places.push(place < 0 ? Number(name) : place);
    return undefined;
  }

  /** What the labels mean. */
  #named(met: readonly string[]): readonly string[] {
    const { classNames, set } = this.#context;
    const names = classNames ?? set?.classNames;
    const first = classNames ? 0 : (set?.firstLabel ?? 0);
    const fits = names && met.every((label) => isNumber(label) && names[Number(label) - first] !== undefined);
    return fits ? met.map((label) => names[Number(label) - first]!) : met;
  }

  /** By number, or by name; those that a list names, in its order. */
  #sorted(met: readonly string[], named: readonly string[]): readonly string[] {
    const { classNames, set, arePictures } = this.#context;
    if (named !== met) return classNames ?? set!.classNames;
    const areNumbers = met.every(isNumber);
    const sorted = [...met].sort(areNumbers ? (a, b) => Number(a) - Number(b) : undefined);
    const highest = Number(sorted.at(-1));
    if (!areNumbers || !arePictures || Number(sorted[0]) < 0 || highest >= MAX_CLASSES) return sorted;
    return Array.from({ length: Math.max(DIGIT_CLASSES, highest + 1) }, (_, label) => String(label));
  }
}
