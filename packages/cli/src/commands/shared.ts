import { text } from './flag.js';

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
