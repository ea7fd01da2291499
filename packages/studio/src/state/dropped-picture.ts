import { baseOf, type PathFile } from '../files/path-file.js';

/** What a page does with a picture that is dropped on it. */
type TakePicture = (file: File) => void;

let take: TakePicture | undefined;

/** While a page reads pictures itself, they are not taken for a dataset. Returns what ends this. */
export function takePictures(taking: TakePicture): () => void {
  take = taking;
  return () => {
    if (take === taking) take = undefined;
  };
}

/** Gives one picture to the page that reads pictures. False if there is none, or it is no single picture. */
export function givePicture(files: readonly PathFile[]): boolean {
  const [only] = files;
  if (!take || files.length !== 1 || !only || !isPicture(only)) return false;
  take(only.file);
  return true;
}

/** Whether a file is a picture, by its type or its name. */
export function isPicture({ file, path }: PathFile): boolean {
  return (
    file.type.startsWith('image/') || /\.(png|jpe?g|jfif|webp|bmp|gif|heic|heif|avif)$/i.test(baseOf(path))
  );
}
