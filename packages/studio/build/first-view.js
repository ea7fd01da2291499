// The first view in few requests: what it needs is one program, and the first digits are asked for with it, not by it.
/** What the entry imports before it runs, in one file: each part that a later page uses, too, would be another. */
export const firstViewInOneFile = { name: 'first-view', tags: ['$initial'] };

/**
 * Lets the browser fetch the first digits beside the program that reads them.
 *
 * @returns {import('vite').Plugin}
 */
export function firstView() {
  return {
    name: 'longhand-first-view',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const first = Object.keys(bundle).find((name) => name.startsWith('data/first.'));
        const attributes = { rel: 'preload', as: 'fetch', href: `./${first}`, crossorigin: true };
        return [{ tag: 'link', attrs: attributes, injectTo: 'head' }];
      },
    },
  };
}
