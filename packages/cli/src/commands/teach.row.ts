import { text } from './flag.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, dataFlag, FOREIGN, FOREIGN_MODEL, MODEL } from './shared.js';

export const teach = describeCommand({
  name: 'teach',
  summary: 'Teach a model pictures that it reads wrongly',
  description:
    'Teach a model pictures that it reads wrongly, and save it as a new model. Everything else stays: the lesson is ' +
    'chosen on held-out and training examples, and then tested once. A lesson that would cost too much accuracy is ' +
    'weakened. If it would cost more than 0.1 points of test accuracy, nothing is saved, and the exit code is 1.',
  arguments: [
    MODEL,
    {
      name: 'files',
      description:
        'Pictures of one digit each (PNG, JPEG, WebP, BMP or GIF), all of the same class: any size, dark on light or light on dark.',
      required: true,
      many: true,
    },
  ],
  flags: {
    label: text('<class>', 'What the pictures show: 7.'),
    out: {
      ...text('<file>', 'Where to save the taught model. An existing file is not overwritten.'),
      facts: ['default: the model’s name with -taught'],
    },
    data: dataFlag('The data that the model was trained on.'),
    dataCache: dataCacheFlag(),
    ...FOREIGN_MODEL,
  },
  settings: [],
  groups: [FOREIGN, GENERAL],
  examples: [
    'longhand teach model.safetensors my-seven.png --label 7',
    'longhand teach model.safetensors a.jpg b.jpg --label 4 --out new.safetensors',
  ],
  elsewhere: ['correct', 'fine-tune', 'finetune', 'adapt', 'learn-from'],
  misnamed: { class: 'label', digit: 'label', as: 'label' },
});
