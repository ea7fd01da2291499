import { describeCommand } from './row.js';

export const runs = describeCommand({
  name: 'runs',
  summary: 'Compare training runs by their logs',
  description:
    'Compare runs that longhand train --log or longhand sweep --log wrote: a table of what differs between them and how well each did, and their curves.',
  arguments: [
    {
      name: 'files',
      description:
        'Files that longhand train --log or longhand sweep --log wrote; each may hold several runs.',
      required: true,
      many: true,
    },
  ],
  flags: {},
  settings: [],
  examples: ['longhand runs first.jsonl second.jsonl'],
  elsewhere: ['log', 'logs', 'history', 'tensorboard'],
});
