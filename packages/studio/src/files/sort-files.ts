import { baseOf, type PathFile } from './path-file.js';

/** What was dropped or chosen. */
export interface SortedFiles {
  readonly models: readonly PathFile[];
  /** Weights of a TensorFlow.js model among them. */
  readonly weights: readonly PathFile[];
  /** Everything else: it is read as one dataset. */
  readonly data: readonly PathFile[];
}

/** What models are called, ours and those of other programs. */
const MODEL = /\.(safetensors|onnx|json|m?js|h5|keras|ptl?|pth|pkl|tflite)$/i;

/**
 * Models by their names: whatever else a file is comes from its bytes, in the worker that reads it. An npz
 * file can be either; it counts as data here.
 */
export function sortFiles(files: readonly PathFile[]): SortedFiles {
  const isModel = ({ path }: PathFile) => MODEL.test(path);
  const models = files.filter(isModel);
  const hasJson = models.some(({ path }) => /\.json$/i.test(path));
  const isWeights = ({ path }: PathFile) => hasJson && /\.bin$/i.test(path);
  return {
    models,
    weights: files.filter(isWeights),
    data: files.filter((file) => !isModel(file) && !isWeights(file)),
  };
}

/** The page's name for data: their folder, or the name of the one file, without its endings. */
export function nameOf(files: readonly Pick<PathFile, 'path'>[]): string {
  const [first, ...rest] = files.map(({ path }) => path.split('/'));
  if (first === undefined) return 'nothing there';
  const folder = first.length > 1 ? first[0] : undefined;
  if (folder && rest.every((parts) => parts.length > 1 && parts[0] === folder)) return folder;
  if (rest.length > 0) return 'your files';
  return baseOf(files[0]!.path)
    .replace(/\.gz$/i, '')
    .replace(/(.)\.[^.]+$/, '$1');
}
