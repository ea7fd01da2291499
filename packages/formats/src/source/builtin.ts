/**
 * A module of Node's own, also where another runtime has it; undefined elsewhere.
 *
 * Its name is not written in an `import`: a bundler for web pages would look for it and fail.
 */
export async function builtin<Module>(name: string): Promise<Module | undefined> {
  if (typeof process === 'undefined' || !process.versions?.node) return undefined;
  const own = process.getBuiltinModule?.(`node:${name}`);
  if (own) return own as Module;
  try {
    // Node before 20.16 has no `getBuiltinModule`.
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`)) as Module;
  } catch {
    return undefined;
  }
}
