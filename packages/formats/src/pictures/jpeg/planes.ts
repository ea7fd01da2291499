import type { Component, Frame } from './baseline-scan.js';
import { type BlockMeans, blockMeans } from './block-means.js';

/** Pixels across, and as many down, that become one. */
export type Reduction = 2 | 4 | 8;

/** The means of one component, in the rows of one row of units. */
export interface Plane extends Component {
  /** Means of each block, across and down. */
  readonly wide: number;
  readonly high: number;
  readonly means: BlockMeans;
  /** Means across, with those past the right side of the picture. */
  readonly stride: number;
  /** Rows of means. */
  readonly rows: number;
  /** 1 if a mean is for two pixels of the reduced picture, across or down; else 0. */
  readonly across: number;
  readonly down: number;
}

/** A reduced picture, and how it is decoded. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly planes: readonly Plane[];
  /** Units across and down. */
  readonly columns: number;
  readonly rows: number;
  /** Rows of the reduced picture in each row of units. */
  readonly rowsOfUnit: number;
  /** Units between two restarts. */
  readonly interval: number;
  /** The file from the first compressed byte on. */
  readonly bytes: Uint8Array;
}

/** What decodes a plan, row of units by row of units, from the first to the last. */
export interface RowDecoder {
  /** Decodes the next row. Returns whether its bytes are codes. */
  readonly decodeRow: () => boolean;
  /** So many rows of pixels of the row of units, which hold until the next is decoded. */
  readonly pixels: (rows: number) => Uint8Array | Uint8ClampedArray;
  /** After the last row: whether the scan and the picture end there. */
  readonly isWhole: () => boolean;
}

export function planOf(frame: Frame, reduction: Reduction): Plan {
  const { maxH, maxV, restart, bytes } = frame;
  const [columns, rows] = [Math.ceil(frame.width / 8 / maxH), Math.ceil(frame.height / 8 / maxV)];
  const planes: Plane[] = [];
  for (const component of frame.components) {
    const { h, v, quantization } = component;
    // Pixels of the reduced picture in each block.
    const [across, down] = [(8 * maxH) / (h * reduction), (8 * maxV) / (v * reduction)];
    // A component that is coarser than the reduced picture has four means at the most.
    const [wide, high] = [Math.min(4, across), Math.min(4, down)];
    // Both colors have the same, as a rule.
    const same = planes.find(
      (plane) => plane.quantization === quantization && plane.wide === wide && plane.high === high,
    );
    planes.push({
      ...{ ...component, wide, high, means: same?.means ?? blockMeans(quantization, wide, high) },
      ...{ stride: columns * h * wide, rows: v * high },
      ...{ across: across / wide - 1, down: down / high - 1 },
    });
  }
  return {
    ...{ width: Math.ceil(frame.width / reduction), height: Math.ceil(frame.height / reduction) },
    ...{ channels: planes.length === 1 ? 1 : 3, planes, columns, rows },
    ...{ rowsOfUnit: (8 * maxV) / reduction, interval: restart || columns * rows, bytes },
  };
}
