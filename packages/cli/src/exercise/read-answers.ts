import { DataError } from '@longhand/core/errors';
import { type Answers, matrixOf, QUANTITIES, type QuantityName, shapeInWords } from '@longhand/core/exercise';
import { readArrays } from './read-arrays.js';

/** What a learner saved, and what is to be said of the file. */
export interface ReadAnswers {
  readonly answers: Answers;
  /** Sentences about names and shapes. */
  readonly notes: readonly string[];
}

const NAMES = QUANTITIES.map(({ name }) => name);
const PARAMETERS = ['W1', 'b1', 'W2', 'b2'];
const OTHER_NAMES = new Map<string, QuantityName>([
  ['j', 'loss'],
  ['cost', 'loss'],
  ['l', 'loss'],
  ['yhat', 'A2'],
]);

/**
 * Reads an answer file. Names that are not known are told, and the others are marked.
 *
 * @throws DataError if it cannot be read, or has none of the quantities
 */
export async function readAnswers(file: string): Promise<ReadAnswers> {
  const { arrays, problems } = await readArrays(file, 'answers: an npz file, or JSON');
  const answers: Record<string, Answers[QuantityName]> = {};
  const notes = [...problems].map(([name, problem]) => `${shown(name)} ${problem}: it is not marked.`);
  for (const [name, array] of arrays) {
    if (!(NAMES as readonly string[]).includes(name)) {
      const note = noteOn(name);
      if (note) notes.push(note);
      continue;
    }
    const found = array.values.length === 0 ? undefined : matrixOf(array);
    if (found) answers[name] = found;
    else notes.push(`${name} has the shape ${shapeInWords(array)}: expected a matrix. It is not marked.`);
  }
  if (Object.keys(answers).length === 0)
    throw new DataError(
      `${file}: nothing to mark. ${[...notes, `Save at least one of ${NAMES.join(', ')}`].join(' ')}`,
    );
  return { answers, notes };
}

/** What to say of a name that is no quantity. */
function noteOn(name: string): string | undefined {
  if (PARAMETERS.includes(name))
    return `${name} is part of the exercise. Save its new values as ${name}_new.`;
  if (['X', 'Y', 'alpha', 'm'].includes(name)) return undefined;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const meant = NAMES.find((one) => plain(one) === plain(name)) ?? OTHER_NAMES.get(plain(name));
  return `${shown(name)} is no name of a quantity${meant ? `: did you mean ${meant}?` : ', and is ignored.'}`;
}

/** A name of the file, in one line. */
function shown(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
}
