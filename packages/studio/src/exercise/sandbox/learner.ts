// The worker in which a learner's program runs. It is in no way trusted: whatever it sends is checked by the
// guard and by the page. It has no imports: build/sandbox.js puts its text into the frame.
export {};

type Value = number | readonly Value[] | undefined;
type Values = Readonly<Record<string, Value>>;

/** The learner's functions, if there are any: they are declared by the program, which is imported later. */
declare const forward: unknown;
declare const loss: unknown;
declare const backward: unknown;
declare const update: unknown;
declare function importScripts(url: string): void;

/** More numbers than all answers together can have. */
const MAX_NUMBERS = 200_000;
const MAX_DEPTH = 4;

// A program may replace any of these.
const send = globalThis.postMessage.bind(globalThis) as (message: readonly [string, string]) => void;
const { parse, stringify } = JSON;
const { isArray, from } = Array;
const { isView } = ArrayBuffer;
const clone = structuredClone;

const text = (value: unknown): string => {
  try {
    return typeof value === 'string' ? value : (stringify(value, shorter) ?? String(value));
  } catch {
    return String(value);
  }
};

/** A typed array as a list, and a number that JSON has not by its name. */
function shorter(_: string, value: unknown): unknown {
  if (isView(value) && !(value instanceof DataView)) return from(value as Float64Array);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

const log = (...values: unknown[]) => send(['output', values.map(text).join(' ')]);
const shapeOf = (A: readonly (readonly number[])[]) => `${A.length} × ${A[0]?.length ?? '?'}`;

Object.assign(globalThis, {
  console: { log, info: log, warn: log, error: log, debug: log, table: log },
  /** The product A B. */
  multiply(A: number[][], B: number[][]) {
    if (!isArray(A?.[0])) throw new TypeError('multiply(A, B): A is no matrix: expected a list of rows');
    if (!isArray(B?.[0])) throw new TypeError('multiply(A, B): B is no matrix: expected a list of rows');
    if (A[0]!.length !== B.length)
      throw new TypeError(
        `multiply(A, B): A is ${shapeOf(A)} and B is ${shapeOf(B)}: A must have as many columns as B has rows`,
      );
    return A.map((row) => B[0]!.map((_, j) => row.reduce((sum, a, k) => sum + a * B[k]![j]!, 0)));
  },
  /** Rows and columns exchanged. */
  transpose(A: number[][]) {
    if (!isArray(A?.[0])) throw new TypeError('transpose(A): A is no matrix: expected a list of rows');
    return A[0]!.map((_, j) => A.map((row) => row[j]));
  },
  /** f(i, j) in every entry. */
  fill: (rows: number, columns: number, f: (i: number, j: number) => number) =>
    from({ length: rows }, (_, i) => from({ length: columns }, (__, j) => f(i, j))),
});

let numbers = 0;

/** Numbers and lists of numbers. Something else becomes an empty object, of which the page says what it is not. */
function plain(value: unknown, depth = 0): unknown {
  if (value === undefined || value === null || typeof value === 'number') {
    if (++numbers > MAX_NUMBERS) throw new RangeError('the answers have more than 200,000 numbers');
    return value;
  }
  const list = isView(value) && !(value instanceof DataView) ? from(value as Float64Array) : value;
  if (!isArray(list) || depth > MAX_DEPTH) return typeof value === 'string' ? 'text' : {};
  return from(list, (entry) => plain(entry, depth + 1));
}

/** The steps in their order: what each is called with, and returns. */
const STEPS = [
  { name: 'forward', get: () => typeof forward !== 'undefined' && forward, gives: 'Z1 A1 Z2 A2' },
  { name: 'loss', get: () => typeof loss !== 'undefined' && loss, gives: 'loss' },
  {
    name: 'backward',
    get: () => typeof backward !== 'undefined' && backward,
    gives: 'dZ2 dW2 db2 dZ1 dW1 db1',
  },
  {
    name: 'update',
    get: () => typeof update !== 'undefined' && update,
    gives: 'W1_new b1_new W2_new b2_new',
  },
];

function run(given: string, url: string): void {
  const answers: Record<string, Value> = {};
  const problems: object[] = [];
  for (const { name, get, gives } of STEPS) {
    // A copy for each: a function that changes what it was given changes nothing for the next.
    const input = { ...parse(given), ...clone(answers) } as Values;
    const step = get();
    if (typeof step !== 'function') {
      problems.push({ step: name, message: `There is no function ${name}.` });
      continue;
    }
    try {
      const result: unknown = step(input);
      if (typeof (result as Promise<unknown> | undefined)?.then === 'function')
        throw new TypeError(`${name} returns a promise: write it without async`);
      const named = name === 'loss' && typeof result !== 'object' ? { loss: result } : (result ?? {});
      for (const answer of gives.split(' ')) {
        const value = plain((named as Values)[answer]) as Value;
        if (value !== undefined && value !== null) answers[answer] = value;
      }
    } catch (error) {
      const missing = STEPS.slice(
        0,
        STEPS.findIndex((one) => one.name === name),
      )
        .flatMap((earlier) => earlier.gives.split(' '))
        .filter((answer) => !(answer in answers));
      // After an error, that what it should have given is missing needs no words.
      if (missing.length === 0 || problems.length === 0)
        problems.push({ step: name, ...told(error, url), missing });
    }
  }
  send(['done', stringify({ answers, problems })]);
}

/** What was thrown, and in which line of the program. */
function told(error: unknown, url: string): { message: string; line?: number } {
  let message = 'something was thrown that says nothing of itself';
  let line: number | undefined;
  try {
    if (error instanceof Error) {
      message = `${error.name}: ${error.message.replace(/^Failed to execute 'importScripts'.*?: /, '')}`;
      const stack = String(error.stack);
      const place = stack.indexOf(url);
      const found = place < 0 ? undefined : /^:(\d+)/.exec(stack.slice(place + url.length))?.[1];
      line = Number(found ?? (error as { lineNumber?: number }).lineNumber) || undefined;
    } else message = `thrown: ${text(error)}`;
  } catch {
    // What was thrown may throw again when it is looked at.
  }
  return { message: message.slice(0, 500), ...(line !== undefined && { line }) };
}

addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly code: string; readonly given: string }>) => {
    send(['started', '']);
    const blob = new Blob([data.code], { type: 'text/javascript' });
    const url = URL.createObjectURL(blob);
    try {
      importScripts(url);
    } catch (error) {
      const problem = told(error, url);
      if (error instanceof SyntaxError && problem.line === undefined) {
        send(['syntax', problem.message]);
        return;
      }
      send(['done', stringify({ answers: {}, problems: [{ step: 'program', ...problem }] })]);
      return;
    }
    run(data.given, url);
  },
  { once: true },
);
