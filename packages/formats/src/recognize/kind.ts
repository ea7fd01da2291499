/** What a file can be used for, or that it is none of ours. */
export type Purpose = 'data' | 'model' | 'picture' | 'archive' | 'other';

/** A kind of file: how its bytes show it. */
export interface FileKind {
  /** The name of the kind, for programs: `npz`. */
  readonly name: string;
  /** What it can be used for. */
  readonly purpose: Purpose;
  /** In messages, with an article: `a web page (a download that failed?)`. */
  readonly label: string;
  /** What to do with a file that is not read. */
  readonly advice?: string;
  /** What files of the kind are called. It decides where the bytes do not. */
  readonly fileName?: RegExp;
  /** Whether the first bytes, `HEAD_BYTES` or fewer, are those of the kind. */
  readonly hasSignature?: (head: Uint8Array) => boolean;
}

/** Bytes that show any kind. */
export const HEAD_BYTES = 4096;
