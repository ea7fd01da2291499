import { list, text, toggle } from './flag.js';

/** The model that a command reads. */
export const MODEL = {
  name: 'model',
  description: 'A model file, as longhand train saves it.',
  required: true,
  many: false,
} as const;

/** The flag `--data`, with what a command does with the data. */
export function dataFlag(use: string, group?: string) {
  return text('<path|name>', `Your own data instead of MNIST (see longhand train --help). ${use}`, group);
}

/** The flag `--data-cache` of every command that reads data. */
export function dataCacheFlag(group?: string) {
  return text(
    '<dir>',
    'Where datasets that are fetched by name are kept. Default: LONGHAND_DATA_CACHE, or longhand/data in your cache folder.',
    group,
  );
}

/** The flags that say how `--data` is read. */
export const READING = readingFlags();

/** The same under a heading. */
export function readingFlags(group?: string) {
  return {
    label: text(
      '<name>',
      'The column, or the array, that holds the labels of --data. Default: by its name or place.',
      group,
    ),
    ignore: list('<name>', 'A column of --data to leave out. You can pass it several times.', group),
    strict: toggle(
      'Stop at the first picture of --data that cannot be read, instead of leaving it out.',
      group,
    ),
  };
}
