declare module 'virtual:digits' {
  interface PageFile {
    readonly path: string;
    /** The packed size. */
    readonly bytes: number;
  }
  export const DIGITS: Readonly<
    Record<'first' | 'trainingImages' | 'trainingLabels' | 'testImages' | 'testLabels', PageFile>
  >;
  /** How many training digits the first file holds, and as many test digits. */
  export const FIRST: number;
}

declare module 'virtual:opening' {
  import type { ActivationName, ModelRecord, OutputName } from '@longhand/core';

  export const OPENING: {
    /** From the first hidden one to the output. */
    readonly layers: readonly {
      readonly units: number;
      readonly inputs: number;
      readonly activation: ActivationName;
    }[];
    readonly output: OutputName;
    /** Without what it tells about doubt. */
    readonly record: ModelRecord;
    readonly sha256: string;
    /** Number of the test digit, and its class. */
    readonly digit: number;
    readonly label: number;
    /** W1, b1, W2, b2 as little-endian 32-bit floats, then the digit's pixels, in base64. */
    readonly bytes: string;
  };
}

declare module 'virtual:quotes' {
  interface Quote {
    /** The files of core that the lines are from: `maths/forward.ts`. */
    readonly files: readonly string[];
    readonly typescript: readonly string[];
    readonly numpy: readonly string[];
  }
  export const QUOTES: Readonly<Record<string, Quote>>;
}

declare module 'virtual:maths-font.css';
declare module '*.css';

declare module '*.safetensors?url' {
  const url: string;
  export default url;
}

declare module '*.safetensors?url&inline' {
  const url: string;
  export default url;
}

declare module 'virtual:sandbox' {
  /** The page in which a learner's program runs: its path in the studio. */
  export const SANDBOX: string;
}

declare module '*?raw' {
  const text: string;
  export default text;
}
