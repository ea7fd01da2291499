import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { TestContext } from 'vitest';
import { ROOT } from './repository.js';

export type RuntimeName = 'node22' | 'bun' | 'deno' | 'chromium' | 'firefox';
type InstalledName = RuntimeName | 'fashion';

interface Found {
  readonly program?: string;
  /** Why there is none, in a sentence. */
  readonly missing?: string;
}

// Written by scripts/setup-runtimes.js: of each runtime its program, of data their folder, or why there is none.
const FOUND_FILE = path.join(ROOT, 'node_modules', '.longhand', 'runtimes.json');

/** A runtime's program, or why there is none. */
function lookUp(name: InstalledName): Found {
  const found: Partial<Record<InstalledName, Found>> = existsSync(FOUND_FILE)
    ? JSON.parse(readFileSync(FOUND_FILE, 'utf8'))
    : {};
  return found[name] ?? { missing: `${name} was not looked for: run node scripts/setup-runtimes.js` };
}

/** The program of a runtime. Where there is none the test is skipped, but not on CI, which has to have them all. */
export function programOf(name: RuntimeName, context: TestContext): string {
  return pathOf(name, context);
}

/** The folder of Fashion-MNIST; where there is none, as `programOf`. */
export function fashionFolder(context: TestContext): string {
  return pathOf('fashion', context);
}

function pathOf(name: InstalledName, context: TestContext): string {
  const { program, missing } = lookUp(name);
  if (program) return program;
  if (process.env.CI && process.platform === 'linux' && process.arch === 'x64') throw new Error(missing);
  return context.skip(missing);
}
