/**
 * The symbol with which `await using` disposes, if the reader's TypeScript has it. Written so, the
 * declarations compile with versions and libraries that do not.
 */
type AsyncDisposeSymbol = SymbolConstructor extends { readonly asyncDispose: infer Found extends symbol }
  ? Found
  : never;

/** Has `[Symbol.asyncDispose]`, if the reader's TypeScript knows it. */
export type AsyncDisposal = { readonly [Key in AsyncDisposeSymbol]: () => Promise<void> };
