import type { Ended } from './sandbox/messages.js';

const ENDS: readonly Ended['end'][] = ['done', 'failed', 'time', 'too-large', 'flood'];
/** As the guard limits them; here once more, since nothing that comes from the sandbox is trusted. */
const MAX_TEXT = 8_000_000;
const MAX_LINES = 100;
const MAX_LINE = 400;

/** The message as what it should be; `undefined` for anything else. */
export function readEnded(message: unknown): Ended | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { end, text, line, output, lines } = message as Readonly<Record<string, unknown>>;
  if (!ENDS.includes(end as Ended['end'])) return undefined;
  if (text !== undefined && (typeof text !== 'string' || text.length > MAX_TEXT)) return undefined;
  if (!Array.isArray(output) || output.length > MAX_LINES) return undefined;
  if (!output.every((one): one is string => typeof one === 'string' && one.length <= MAX_LINE))
    return undefined;
  if (typeof lines !== 'number' || !(lines >= output.length)) return undefined;
  return {
    ...{ end: end as Ended['end'], output, lines },
    ...(text !== undefined && { text }),
    ...(isLine(line) && { line }),
  };
}

/** What a program answered, read from its JSON. */
export interface Answered {
  /** Any value: what is no array of numbers is told when it is marked. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** Why a step of the program gave nothing. */
export interface Problem {
  /** The function; `program` if it could not be run at all. */
  readonly step: string;
  readonly message: string;
  readonly line?: number;
  /** What the earlier functions did not return. */
  readonly missing: readonly string[];
}

const STEPS = ['program', 'forward', 'loss', 'backward', 'update'];

/** Reads the text of a program that is done; `undefined` if it is no answer. */
export function readAnswered(text: string): Answered | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { answers, problems } = (document ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof answers !== 'object' || answers === null || !Array.isArray(problems)) return undefined;
  return {
    answers: answers as Answered['answers'],
    problems: problems.slice(0, STEPS.length).flatMap((one) => readProblem(one) ?? []),
  };
}

function readProblem(problem: unknown): Problem | undefined {
  const { step, message, line, missing } = (problem ?? {}) as Readonly<Record<string, unknown>>;
  if (!STEPS.includes(step as string) || typeof message !== 'string') return undefined;
  const names = Array.isArray(missing) ? missing.filter((name) => typeof name === 'string') : [];
  return {
    ...{ step: step as string, message: message.slice(0, 500) },
    missing: names.slice(0, 20).map((name) => name.slice(0, 20)),
    ...(isLine(line) && { line }),
  };
}

function isLine(line: unknown): line is number {
  return typeof line === 'number' && Number.isInteger(line) && line > 0 && line < 1e6;
}
