// `npm run docs`: writes the reference of the library, from the comments of its public names, to dist/api.
// It ends with 1 if a public name has no comment, a comment links to nothing, or a page to no page.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, ReflectionKind } from 'typedoc';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = path.join(root, 'dist', 'api');

/** The source file of every sub-path that a package exports: `./dist/files.js` → `src/files.ts`. */
function entryPointsOf(name) {
  const { exports } = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'));
  return Object.values(exports)
    .map((entry) => entry.types)
    .filter((types) => types !== undefined)
    .map((types) => types.replace(/^\.\/dist\/(.*)\.d\.ts$/, `packages/${name}/src/$1.ts`));
}

/** Writes the reference. Returns the number of problems, which are printed. */
async function write() {
  const app = await Application.bootstrap({
    name: 'Longhand',
    entryPoints: ['core', 'mnist', 'formats', 'sweep']
      .flatMap(entryPointsOf)
      .map((file) => path.join(root, file)),
    tsconfig: path.join(root, 'scripts', 'tsconfig.docs.json'),
    basePath: path.join(root, 'packages'),
    displayBasePath: path.join(root, 'packages'),
    readme: 'none',
    disableSources: true,
    githubPages: false,
    // `npm test` checks the types already.
    skipErrorChecking: true,
    excludePrivate: true,
    excludeExternals: true,
    validation: { notDocumented: false, notExported: false, invalidLink: true, rewrittenLink: true },
    logLevel: 'Warn',
  });
  const project = await app.convert();
  if (!project) return 1;
  app.validate(project);
  await app.generateDocs(project, target);
  const undocumented = namesWithoutComment(project);
  for (const name of undocumented) process.stdout.write(`${name}: has no comment\n`);
  return app.logger.warningCount + app.logger.errorCount + undocumented.length;
}

/**
 * The public names without a comment: exports, and the members of classes and interfaces. A type that is
 * written where it is used belongs to the comment of what uses it; so do the alternatives of a union.
 */
function namesWithoutComment(project) {
  const kinds =
    (ReflectionKind.SomeExport & ~ReflectionKind.SomeModule & ~ReflectionKind.Reference) |
    ReflectionKind.SomeMember;
  const isInside = (reflection) => {
    const { parent } = reflection;
    return parent?.kindOf(ReflectionKind.ClassOrInterface | ReflectionKind.Module | ReflectionKind.Project);
  };
  const hasComment = (reflection) =>
    [reflection, ...(reflection.signatures ?? []), reflection.getSignature, reflection.setSignature].some(
      (one) => one?.hasComment(),
    );
  return (
    project
      .getReflectionsByKind(kinds)
      .filter((reflection) => isInside(reflection) && !reflection.flags.isExternal && !hasComment(reflection))
      // What a symbol names is for the language: `await using` and the like.
      .filter(({ name }) => !name.startsWith('['))
      // The word by which the alternatives of a union are told apart says itself what it is.
      .filter(({ type, overwrites }) => type?.type !== 'literal' && !overwrites)
      .map((reflection) => reflection.getFriendlyFullName())
  );
}

/** Links of a written page that lead to no page, or to no place on it. */
function deadLinks() {
  const pages = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const anchors = new Map();
  for (const page of pages) {
    const html = readFileSync(path.join(target, page), 'utf8');
    anchors.set(page, { html, ids: new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)) });
  }
  const dead = [];
  for (const [page, { html }] of anchors) {
    for (const [, href] of html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      const [file, anchor] = href.split('#');
      const name = file === '' ? page : path.normalize(path.join(path.dirname(page), decodeURI(file)));
      const found = anchors.get(name);
      if (!found && !existsSync(path.join(target, name))) dead.push(`${page}: ${href}: no such page`);
      else if (anchor && found && !found.ids.has(decodeURIComponent(anchor)))
        dead.push(`${page}: ${href}: no such place`);
    }
  }
  return { dead, pages: pages.length };
}

const problems = await write();
const { dead, pages } = deadLinks();
for (const line of dead) process.stdout.write(`${line}\n`);
process.stdout.write(`dist/api: ${pages} pages, ${problems} problems, ${dead.length} dead links\n`);
process.exitCode = problems + dead.length === 0 && pages > 0 ? 0 : 1;
