import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What each source file of a package imports: the graph that `house.test.ts` checks. */
export interface Imports {
  /** Of each file, the files of the same package that it imports. Paths from the package's `src`. */
  readonly inside: ReadonlyMap<string, readonly string[]>;
  /** Of each file, the packages and Node modules that it imports. */
  readonly outside: ReadonlyMap<string, readonly string[]>;
}

/** Files that are not the package's own program text: tests, and the kernels, which another compiler reads. */
const LEFT_OUT = /\.test\.tsx?$|\.test\.support\.ts$|\.d\.ts$|^(engine|picture-kernels)\/kernels\//;
/** `from '…'`, `import '…'` and `import('…')`. A worker is started, not imported. */
const IMPORT = /(?<!')(?:\bfrom|\bimport|\bimport\()\s*'([^'\n]+)'/g;

/**
 * Reads the imports of all source files below a folder. Type imports and imports at run time count as
 * any other. Styles, pictures and models are no files of the program.
 */
export function importsBelow(source: string): Imports {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && !LEFT_OUT.test(file));
  const known = new Set(files);
  const inside = new Map<string, string[]>();
  const outside = new Map<string, string[]>();
  for (const file of files) {
    const text = withoutComments(readFileSync(path.join(source, file), 'utf8'));
    const specifiers = [...text.matchAll(IMPORT)].map(([, specifier]) => specifier!);
    inside.set(
      file,
      specifiers
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => path.posix.join(path.posix.dirname(file), specifier).replace(/\.(js|tsx?)$/, ''))
        .flatMap((stem) => [`${stem}.ts`, `${stem}.tsx`].filter((name) => known.has(name))),
    );
    outside.set(
      file,
      specifiers.filter((specifier) => !/^\.|^service-worker\.js$/.test(specifier)),
    );
  }
  return { inside, outside };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The circles of a graph: sets of files from each of which every other can be reached (Tarjan 1972). */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (path.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const members = path.splice(path.indexOf(file));
    if (members.length > 1 || graph.get(file)?.includes(file)) circles.push(members.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}
