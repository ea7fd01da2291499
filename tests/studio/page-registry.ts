import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { ROOT } from '../runtimes/repository.js';

interface PageRow {
  readonly name: string;
  readonly title: string;
}

/**
 * The rows of the studio's own registry of pages. That file imports nothing until a page is opened.
 */
export const PAGES: readonly PageRow[] = await readPages();

async function readPages(): Promise<readonly PageRow[]> {
  const source = readFileSync(path.join(ROOT, 'packages', 'studio', 'src', 'page-registry.ts'), 'utf8');
  const { code } = transformSync(source, { loader: 'ts' });
  const registry = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return (registry as { readonly PAGES: readonly PageRow[] }).PAGES;
}
