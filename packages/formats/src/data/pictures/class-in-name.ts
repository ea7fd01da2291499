import { baseOf } from '../../source/input-file.js';

/** How the class stands in the name of a picture. */
interface NameRule {
  /** In notes: `the first part of its name`. */
  readonly label: string;
  /** The class in a name without its ending; undefined if it has none. */
  readonly classOf: (stem: string) => string | undefined;
  /** Whether it is written there that it is the class. */
  readonly isNamed: boolean;
}

/** Parts of a name: words or numbers, apart from each other by a sign or a space. */
const partsOf = (stem: string): string[] => stem.split(/[\s_\-.()[\]]+/).filter((part) => part !== '');

/** What a name may call its class, with the class behind it: `label7`, `class-cat`, `y=3`. */
const LABELED = /(?:^|[\s_\-.([])(?:label|class|digit|y=)[\s_\-=]*([\p{L}\p{N}]+)(?=$|[\s_\-.)\]])/iu;

/** The rules, in the order in which they are tried: where the class is named, no other counts. */
const NAME_RULES: readonly NameRule[] = [
  {
    label: 'what follows “label”, “class” or “digit” in its name',
    classOf: (stem) => LABELED.exec(stem)?.[1],
    isNamed: true,
  },
  {
    label: 'the first part of its name',
    classOf: (stem) => (partsOf(stem).length > 1 ? partsOf(stem)[0] : undefined),
    isNamed: false,
  },
  {
    label: 'the last part of its name',
    // A number in parentheses is that of a copy.
    classOf: (stem) =>
      partsOf(stem).length > 1 && !/\(\d+\)$/.test(stem) ? partsOf(stem).at(-1) : undefined,
    isNamed: false,
  },
];

/** What the names of pictures say of their classes. */
export interface ClassesInNames {
  readonly rule: NameRule;
  /** One for each path. */
  readonly classes: readonly string[];
}

/**
 * The classes in the names of pictures: `7_0012.png`, `cat.12.jpg`, `img_3_label7.png`. A rule counts if
 * it finds a class in every name, at least two classes, and fewer classes than pictures. Of two rules that
 * count, the one that finds fewer classes is taken, or the one that finds words.
 *
 * @returns undefined if no rule counts, or two count alike
 */
export function classesInNames(paths: readonly string[], maxClasses: number): ClassesInNames | undefined {
  const stems = paths.map((path) => baseOf(path).replace(/\.[^.]*$/, ''));
  const found = NAME_RULES.flatMap((rule) => {
    const classes = stems.map((stem) => rule.classOf(stem)).filter((one) => one !== undefined);
    const different = new Set(classes).size;
    const counts = classes.length === stems.length && different >= 2 && different <= maxClasses;
    const areWords = classes.every((one) => !/^\d+$/.test(one));
    return counts && (rule.isNamed || different < stems.length)
      ? [{ rule, classes, different, areWords }]
      : [];
  });
  const named = found.find(({ rule }) => rule.isNamed);
  if (named) return named;
  const [best, next] = found.sort(
    (a, b) => a.different - b.different || Number(b.areWords) - Number(a.areWords),
  );
  if (next && best!.different === next.different && best!.areWords === next.areWords) return undefined;
  return best;
}
