// `@longhand/formats/models`: reads other people's models, and writes ours for other programs.
export type { ModelWriter, WrittenFiles } from './model-format.js';
