import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { TestContext } from 'vitest';
import { ROOT } from './repository.js';

export type RuntimeName = 'node22' | 'bun' | 'deno' | 'chromium' | 'firefox' | 'nbconvert';
type InstalledName = RuntimeName | 'fashion' | 'numpy' | 'onnx' | 'compiler' | 'redis';

interface Found {
  readonly program?: string;
  /** A sentence that says why it is missing. */
  readonly missing?: string;
}

// Written by scripts/setup-runtimes.js: the program of each runtime and the folder of each data
// set, or why it is missing.
const FOUND_FILE = path.join(ROOT, 'node_modules', '.longhand', 'runtimes.json');

/** A runtime's program, or why it is missing. */
function lookUp(name: InstalledName): Found {
  const found: Partial<Record<InstalledName, Found>> = existsSync(FOUND_FILE)
    ? JSON.parse(readFileSync(FOUND_FILE, 'utf8'))
    : {};
  return found[name] ?? { missing: `${name} was not looked for: run node scripts/setup-runtimes.js` };
}

/**
 * The program of a runtime. If it is missing, the test is skipped; on CI it fails, because CI must
 * have all.
 */
export function programOf(name: RuntimeName, context: TestContext): string {
  return pathOf(name, context);
}

/** The folder of Fashion-MNIST. If it is missing, the same as in `programOf` happens. */
export function fashionFolder(context: TestContext): string {
  return pathOf('fashion', context);
}

/** Debian's Python, with NumPy and onnx. If one of them is missing, the same as in `programOf` happens. */
export function pythonWithOnnx(context: TestContext): string {
  pathOf('numpy', context);
  pathOf('onnx', context);
  return '/usr/bin/python3';
}

/** A C compiler. If it is missing, the same as in `programOf` happens. */
export function compiler(context: TestContext): string {
  return pathOf('compiler', context);
}

/** A Redis or Valkey server. If it is missing, the same as in `programOf` happens. */
export function redisServer(context: TestContext): string {
  return pathOf('redis', context);
}

function pathOf(name: InstalledName, context: TestContext): string {
  const { program, missing } = lookUp(name);
  if (program) return program;
  if (process.env.CI && process.platform === 'linux' && process.arch === 'x64') throw new Error(missing);
  return context.skip(missing);
}
