import { text, toggle } from './flag.js';
import { describeCommand } from './row.js';
import { dataCacheFlag } from './shared.js';

export const data = describeCommand({
  name: 'data',
  summary: 'Say what a file of data is, and what is suspicious about it',
  description:
    'Say what data are before you train on them: kind, sizes, classes, values, copies, test examples that are also in the ' +
    'training set, constant columns and row numbers, pictures that are inverted or lie on their side, classes that look ' +
    'alike.',
  arguments: [
    {
      name: 'path',
      description: 'A file or folder of data, or the name of a dataset (see --list).',
      required: false,
      many: false,
    },
  ],
  flags: {
    list: toggle('List the datasets that have a name, and which are on this machine already.'),
    html: text('<file>', 'Write the report as one HTML file, with pictures and charts.'),
    label: text('<name>', 'The column of labels of a table.'),
    ignore: text('<names>', 'Columns that are left out, separated by commas.'),
    dataCache: dataCacheFlag(),
  },
  settings: [],
  examples: [
    'longhand data my-digits/',
    'longhand data train.csv --html report.html',
    'longhand data fashion-mnist',
    'longhand data --list',
  ],
  elsewhere: ['describe', 'inspect', 'info', 'dataset', 'datasets', 'profile', 'stats'],
  misnamed: { out: 'html', output: 'html', save: 'html', report: 'html' },
});
