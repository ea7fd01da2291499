import type { PagePasses } from '../data/pages/page-passes.js';
import type { Passes } from '../data/pictures/passes-types.js';
import { contrastPasses } from './contrast-passes.js';
import { markPasses } from './mark-passes.js';
import { type PassMemory, passMemory } from './memory.js';
import { pagePasses } from './page-passes.js';
import { passParts } from './parts.js';
import type { PictureKernels } from './picture-kernels.js';
import { planePasses } from './plane-passes.js';

/** Those of pictures and those of pages. */
export type AllPasses = Passes & PagePasses;

/**
 * The passes over all pixels as the kernels do them. What is on the way to a result stays in their memory.
 */
export function fastPasses(kernels: PictureKernels, wasm: WebAssembly.Memory): AllPasses {
  const memory = passMemory(wasm);
  const parts = passParts(kernels, memory);
  return eachOnCleared(
    { ...planePasses(parts), ...contrastPasses(parts), ...markPasses(parts), ...pagePasses(parts) },
    memory,
  );
}

/** The same passes; each forgets first what the one before has laid out. */
function eachOnCleared(passes: AllPasses, { clear }: PassMemory): AllPasses {
  const entries = Object.entries(passes).map(([name, pass]: [string, (...values: never[]) => unknown]) => [
    name,
    (...values: never[]) => {
      clear();
      return pass(...values);
    },
  ]);
  return Object.fromEntries(entries);
}
