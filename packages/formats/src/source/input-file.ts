/**
 * A file to read, wherever it is: on a disk, dropped on a page, in a zip. A folder is the list of the files
 * in it.
 */
export interface InputFile {
  /** With the folders in front, separated by `/`: `digits/7/0012.png`. Used in messages. */
  readonly path: string;
  /** In bytes; undefined where it is not known before reading. */
  readonly size: number | undefined;
  /** Of a file that was compressed, its size there, in bytes. */
  readonly packed?: number;
  /** Of a file that was compressed, the most bytes that are unpacked. */
  readonly atMost?: number;
  /** The bytes in chunks, from the start. Each call starts again. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** A file in memory. */
export function fileOf(path: string, bytes: Uint8Array): InputFile {
  return {
    path,
    size: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}

/** The last part of a path. */
export function baseOf(path: string): string {
  return path.split('/').at(-1)!;
}
