// The first view in few requests: what it needs is one program, and the first digits and the board's network
// are asked for with it, not by it.
/** What the entry imports before it runs, in one file: each part that a later page uses, too, would be another. */
export const firstViewInOneFile = { name: 'first-view', tags: ['$initial'] };

/** What the program of the first view asks for, by the beginnings of the names. */
const FIRST_ASKED = ['data/first.', 'assets/board-500-'];

const PROGRAM = '<script type="module"';

/**
 * Lets the browser fetch the first digits and the board's network beside the program that reads them. It
 * paints nothing before the program has run: the squared paper alone would take 100 ms of it.
 *
 * @returns {import('vite').Plugin}
 */
export function firstView() {
  return {
    name: 'longhand-first-view',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(written, { bundle }) {
        if (!written.includes(PROGRAM))
          throw new Error('index.html does not name the program of the first view');
        const html = written.replace(PROGRAM, `${PROGRAM} blocking="render"`);
        const tags = FIRST_ASKED.map((start) => {
          const name = Object.keys(bundle).find((file) => file.startsWith(start));
          if (!name) throw new Error(`the first view asks for ${start}…, which was not built`);
          const attrs = { rel: 'preload', as: 'fetch', href: `./${name}`, crossorigin: true };
          return { tag: 'link', attrs, injectTo: 'head' };
        });
        return { html, tags };
      },
    },
  };
}
