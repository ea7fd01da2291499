import { text, toggle } from './flag.js';
import { describeCommand } from './row.js';
import { OPTIONAL_MODEL } from './shared.js';

export const read = describeCommand({
  name: 'read',
  summary: 'Read the numbers on pictures of several digits',
  description:
    'Read numbers and pages: a telephone number, a column of figures, sums. The digits of a picture are ' +
    'found, those that touch are separated, and they are read line by line. What is no digit is ' +
    'written as the sign that it looks like (+ - = . , :) or as ?. A file that cannot be read is named, ' +
    'the others are read, and the exit code is 2.',
  arguments: [
    OPTIONAL_MODEL,
    {
      name: 'files',
      description:
        'Pictures (PNG, JPEG, WebP, BMP or GIF): any size, dark on light or light on dark, plain, ruled or squared paper. - is standard input.',
      required: false,
      many: true,
    },
  ],
  flags: {
    out: text(
      '<file.png>',
      'Write the picture with a box around each digit, and what it is read as. For one picture.',
    ),
    strict: toggle('Stop at the first picture that cannot be read.'),
  },
  settings: [],
  examples: [
    'longhand read sums.jpg',
    'longhand read model.safetensors sums.jpg',
    'longhand read model.safetensors page.png --out marked.png',
    'longhand read page.png --json',
  ],
  elsewhere: ['ocr', 'scan', 'numbers', 'page', 'digits'],
});
