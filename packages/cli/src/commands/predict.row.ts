import { settingFor, text, toggle } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, OPTIONAL_MODEL, READING } from './shared.js';

export const predict = describeCommand({
  name: 'predict',
  summary: 'Recognize the digits in pictures',
  description:
    'Recognize digits. For each picture you see what the network sees, its answer, and the ' +
    'probability of every class. If no class is likely enough, it says that it is not sure. ' +
    'Without files it reads examples of the test set. A file that cannot be read is named, the ' +
    'others are answered, and the exit code is 2. With --out, or for data without labels, every example ' +
    'is answered, in a CSV file with the columns ImageId and Label (of pictures: File and Label).',
  arguments: [
    OPTIONAL_MODEL,
    {
      name: 'files',
      description:
        'Pictures of one digit each (PNG, JPEG, WebP, BMP or GIF): any size, dark on light or light on dark. - is standard input.',
      required: false,
      many: true,
    },
  ],
  flags: {
    index: text('<n,…>', 'Examples of the test set, counted from 0, separated by commas.'),
    data: dataFlag('The examples of --index come from it. Without labels, all are answered.'),
    dataCache: dataCacheFlag(),
    ...READING,
    out: text('<file>', 'Write the answers to all examples to this CSV file.'),
    probabilities: toggle('Write a column with the probability of each class, too.'),
    stages: toggle('For pictures from files: show each stage of the way into the frame, and what it does.'),
    without: text(
      '<steps>',
      'Leave out steps of the way into the frame, separated by commas: background, marks, crop, fit, center, even.',
    ),
    seed: settingFor('seed', 'Without files and --index: decides which example of the test set is drawn.'),
    ...FOREIGN_MODEL,
  },
  settings: [],
  groups: [FOREIGN, GENERAL],
  examples: [
    'longhand predict my-seven.png',
    'longhand predict model.safetensors photo.jpg --stages',
    'longhand predict model.safetensors --index 115,9',
    'longhand predict model.safetensors --data test.csv --out submission.csv',
  ],
  elsewhere: ['infer', 'inference', 'classify', 'recognize', 'recognise', 'guess', 'ask'],
});
