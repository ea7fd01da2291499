// Builds the page in which a learner's program runs (src/exercise/sandbox): a frame in a frame, and two workers, all
// of them text in one file with a policy of its own. `virtual:sandbox` tells its name.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { buildSync } from 'esbuild';

const MODULE = 'virtual:sandbox';
const FOLDER = path.join(import.meta.dirname, '..', 'src', 'exercise', 'sandbox');

/** @returns {import('vite').Plugin} */
export function sandbox() {
  let fileName;
  return {
    name: 'longhand-sandbox',
    apply: 'build',
    buildStart() {
      const source = sandboxPage();
      fileName = `assets/sandbox-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.html`;
      this.emitFile({ type: 'asset', fileName, source });
    },
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) => (id === `\0${MODULE}` ? `export const SANDBOX = ${JSON.stringify(fileName)};` : undefined),
  };
}

function sandboxPage() {
  const learner = program('learner');
  const guard = program('guard', { LEARNER: learner });
  const inner = program('inner', { GUARD: guard });
  const outer = program('outer', { INNER: `<!doctype html><script>${inner}</script>` });
  // Only these two scripts, and workers of the sandboxed frame. No address can be asked for anything.
  const scripts = [inner, outer].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  const policy = `default-src 'none'; script-src ${scripts.join(' ')} blob:; worker-src blob:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>The learner’s program</title>
</head>
<body><script>${outer}</script></body>
</html>
`;
}

/** A program as one text that may stand in a script element. */
function program(name, define = {}) {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(FOLDER, `${name}.ts`)],
    bundle: true,
    minify: true,
    // Names stay: a program in one file may see the learner's functions.
    minifyIdentifiers: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    define: Object.fromEntries(Object.entries(define).map(([key, text]) => [key, JSON.stringify(text)])),
  });
  return outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
}
