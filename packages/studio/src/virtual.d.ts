declare module 'virtual:digits' {
  interface DigitsFile {
    readonly path: string;
    /** Packed. */
    readonly bytes: number;
    readonly unpacked: number;
    readonly sha256: string;
  }
  export const DIGITS: Readonly<
    Record<'first' | 'trainingImages' | 'trainingLabels' | 'testImages' | 'testLabels', DigitsFile>
  >;
  /** Training digits, and as many test digits, in the first file. */
  export const FIRST: number;
}

declare module 'virtual:maths-font.css';
declare module '*.css';

declare module '*.safetensors?url' {
  const url: string;
  export default url;
}
