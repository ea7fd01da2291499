import { integer, text, toggle } from './flag.js';
import { describeCommand } from './row.js';

export const studio = describeCommand({
  name: 'studio',
  summary: 'Open the web page: see every number, train, draw digits',
  description:
    'Open the web page in your browser: the board with every number, training, and drawing digits yourself. ' +
    'It is served to this machine only. Press Ctrl-C to stop.',
  arguments: [],
  flags: {
    port: integer({ min: 1, max: 65_535, usual: '7840, or any free one' }, 'The port to serve on.'),
    log: text(
      '<file>',
      'Show a log of longhand sweep or longhand train on the page Runs, and what it gains while it grows.',
    ),
    open: { ...toggle('Print the address; do not open a browser.'), negated: true, default: true },
  },
  settings: [],
  examples: ['longhand studio', 'longhand studio --no-open --port 8080', 'longhand studio --log sweep.jsonl'],
  elsewhere: ['web', 'ui', 'gui', 'page', 'serve', 'server', 'open', 'browser'],
});
