// The first view in few requests: one program with the numbers that it shows (opening.js), one style sheet,
// and the fonts, which are asked for with them.
/** What the entry imports before it runs, in one file: each part that a later page uses, too, would be another. */
export const firstViewInOneFile = { name: 'first-view', tags: ['$initial'] };

/** The fonts of the first view, by the beginnings of the names: the page is laid out once, with them. */
const FONTS = [
  ...['shantell-sans-latin-500', 'source-serif-4-latin-400', 'source-serif-4-latin-600'],
  ...['stix-two-math', 'stix-two-text-latin-400'],
];

const PROGRAM = '<script type="module"';

/**
 * Lets the browser fetch the fonts beside the program: without it, the page is laid out in others first, and
 * moves when they come. It paints nothing before the program has run: the squared paper alone would take
 * 100 ms of it.
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
        const tags = FONTS.map((font) => {
          const start = `assets/${font}`;
          const name = Object.keys(bundle).find((file) => file.startsWith(start));
          if (!name) throw new Error(`the first view asks for ${start}…, which was not built`);
          const attrs = {
            rel: 'preload',
            as: 'font',
            type: 'font/woff2',
            href: `./${name}`,
            crossorigin: true,
          };
          return { tag: 'link', attrs, injectTo: 'head' };
        });
        return { html, tags };
      },
    },
  };
}
