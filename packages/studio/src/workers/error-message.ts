import {
  DataError,
  DivergenceError,
  EngineError,
  EntryError,
  LonghandError,
  ModelError,
  RunError,
  SettingError,
  ShapeError,
} from '@longhand/core';

/** An error as it travels from a worker to the page: cloning it would lose its class. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The other fields of a LonghandError: the setting, the iteration … */
  readonly fields: Readonly<Record<string, unknown>>;
}

const CLASSES: Readonly<Record<string, { readonly prototype: Error }>> = {
  DataError,
  DivergenceError,
  EngineError,
  EntryError,
  LonghandError,
  ModelError,
  RunError,
  SettingError,
  ShapeError,
};

export function packError(error: unknown): ErrorMessage {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, fields: {} };
  const { name, message, stack } = error;
  return { name, message, stack, fields: error instanceof LonghandError ? { ...error } : {} };
}

/** An error of the same class, with the same fields. */
export function unpackError({ name, message, stack, fields }: ErrorMessage): Error {
  const error: Error = Object.assign(new Error(message), fields);
  if (stack) error.stack = stack;
  return Object.setPrototypeOf(error, CLASSES[name]?.prototype ?? Error.prototype) as Error;
}
