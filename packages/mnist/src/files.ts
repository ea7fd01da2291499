/** What is known of one of MNIST's four files. */
export interface DigitsFile {
  /** The name of the original file. */
  readonly original: string;
  /** The name of the packed file, in the folder `digits` of this package. */
  readonly packed: string;
  /** The size of the original file in bytes. */
  readonly bytes: number;
  /** SHA-256 of the original file, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** One of MNIST's four files. */
export type DigitsName = 'trainingImages' | 'trainingLabels' | 'testImages' | 'testLabels';

/** MNIST's four files. The MD5 sums of the originals are those published with them. */
export const DIGITS_FILES: Readonly<Record<DigitsName, DigitsFile>> = {
  trainingImages: {
    original: 'train-images-idx3-ubyte',
    packed: 'train-images.bin',
    bytes: 47_040_016,
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  },
  trainingLabels: {
    original: 'train-labels-idx1-ubyte',
    packed: 'train-labels.bin',
    bytes: 60_008,
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  testImages: {
    original: 't10k-images-idx3-ubyte',
    packed: 't10k-images.bin',
    bytes: 7_840_016,
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  },
  testLabels: {
    original: 't10k-labels-idx1-ubyte',
    packed: 't10k-labels.bin',
    bytes: 10_008,
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
};
