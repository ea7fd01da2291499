import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { ROOT } from '../runtimes/repository.js';

export interface PageRow {
  readonly name: string;
  readonly title: string;
  /** Default true. */
  readonly isInNavigation?: boolean;
}

/**
 * The rows of the studio's own registry of pages. That file imports nothing until a page is opened.
 */
export const PAGES: readonly PageRow[] = await readPages();

interface ChapterRow {
  readonly name: string;
  readonly title: string;
}

/** The chapters of the course, in their order. */
export const COURSE: readonly ChapterRow[] = await readCourse();

interface PageParts {
  readonly parts: readonly { readonly name: string }[];
  readonly controls: readonly { readonly name: string }[];
}

/** What a frame can show of each page, and what it can leave out. */
export const PARTS: Readonly<Record<string, PageParts>> = await readParts();

async function readPages(): Promise<readonly PageRow[]> {
  return ((await readSource('page-registry.ts')) as { readonly PAGES: readonly PageRow[] }).PAGES;
}

async function readCourse(): Promise<readonly ChapterRow[]> {
  return ((await readSource('glossary/course.ts')) as { readonly COURSE: readonly ChapterRow[] }).COURSE;
}

async function readParts(): Promise<Readonly<Record<string, PageParts>>> {
  return ((await readSource('share/parts.ts')) as { readonly PARTS: typeof PARTS }).PARTS;
}

/** Runs a file of the studio's source that imports nothing. */
function readSource(file: string): Promise<unknown> {
  const source = readFileSync(path.join(ROOT, 'packages', 'studio', 'src', file), 'utf8');
  const { code } = transformSync(source, { loader: 'ts' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
