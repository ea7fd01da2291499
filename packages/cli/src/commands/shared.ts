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
  return text('<path>', `Your own data instead of MNIST (see longhand train --help). ${use}`, group);
}
