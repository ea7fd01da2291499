import { integer, list, text } from './flag.js';
import { duration, nameOf, queueFlags } from './queue-flags.js';
import { describeCommand, GENERAL } from './row.js';
import { dataCacheFlag, readingFlags } from './shared.js';

const QUEUE = 'Queue:';
const DATA = 'Data:';
const WORK = 'Work:';

export const worker = describeCommand({
  name: 'worker',
  summary: 'Compute trials of sweeps that wait in a queue',
  description:
    'Compute trials of sweeps that wait in a queue (longhand sweep --queue), on this machine, until Ctrl-C. You can ' +
    'start workers on any number of machines, and end them at any time: a trial that was under way goes on in another ' +
    'worker. A job holds settings only, never code. A worker takes the trials of its own data alone: it needs the same ' +
    'data as the sweep.\n\n' +
    'Ctrl-C hands the trials back with their states (exit code 130).',
  arguments: [],
  flags: {
    ...queueFlags(QUEUE),
    data: list(
      '<path|name>',
      'Data instead of MNIST, as for longhand train. You can pass it several times.',
      DATA,
    ),
    dataCache: dataCacheFlag(DATA),
    ...readingFlags(DATA),
    processes: integer(
      { min: 1, max: 1024, usual: 'one for each core and thread' },
      'How many trials at once, each in a process of its own.',
      WORK,
    ),
    threads: integer({ min: 1, max: 256, usual: '1' }, 'Threads of each trial.', WORK),
    name: {
      ...text('<name>', "The worker's name in tables and messages. Default: the name of this machine.", WORK),
      parse: nameOf,
    },
    lock: duration(
      'After so long without a sign of life, the trials of this worker go to others. Default: 30s.',
      WORK,
    ),
    idleExit: duration('End after so long without a trial. Without the flag, the worker waits.', WORK),
    metrics: integer(
      { min: 0, max: 65_535 },
      'Serve figures for Prometheus on this port, to this machine only: http://127.0.0.1:<n>/metrics. 0 takes a free port.',
      WORK,
    ),
  },
  settings: [],
  groups: [QUEUE, DATA, WORK, GENERAL],
  examples: [
    'longhand worker --queue redis://127.0.0.1:6379',
    'longhand worker --queue rediss://queue.example --queue-ca ca.pem --wait 10m',
    'longhand worker --queue redis://10.0.0.5 --data fashion-mnist --processes 4',
  ],
  elsewhere: ['agent', 'runner', 'join', 'node'],
});
