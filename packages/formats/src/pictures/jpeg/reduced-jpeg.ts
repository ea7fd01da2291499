import type { Picture } from '@longhand/core/pictures';
import { readScan } from './baseline-scan.js';
import { kernelRows } from './kernel-rows.js';
import { plainRows } from './plain-rows.js';
import { type Plan, planOf, type Reduction, type RowDecoder } from './planes.js';
import { type JpegKernels, jpegKernels } from './start-kernels.js';

/**
 * The picture in a baseline JPEG, reduced: each pixel is the mean of 2 × 2, 4 × 4 or 8 × 8. The means are taken of the
 * cosines that the file stores, so that the pixels need not be computed. It is not turned.
 *
 * Undefined for what is not the ordinary case, or is damaged: progressive pictures, several scans, CMYK, bytes that are
 * left over. The plain decoder reads those, or says what is wrong with them.
 *
 * @param kernels in WebAssembly; with null, plain TypeScript decodes the same, to the last bit
 */
export function decodeReduced(
  file: Uint8Array,
  reduction: Reduction,
  kernels: JpegKernels | null = jpegKernels() ?? null,
): Picture | undefined {
  const frame = readScan(file);
  if (!frame) return undefined;
  const plan = planOf(frame, reduction);
  const decoder = kernels ? kernelRows(plan, kernels) : plainRows(plan);
  return decoder && pictureOf(plan, decoder);
}

function pictureOf(plan: Plan, { decodeRow, pixels, isWhole }: RowDecoder): Picture | undefined {
  const { width, height, channels, rowsOfUnit } = plan;
  const data = new Uint8Array(channels * width * height);
  for (let y = 0; y < height; y += rowsOfUnit) {
    if (!decodeRow()) return undefined;
    data.set(pixels(Math.min(rowsOfUnit, height - y)), channels * width * y);
  }
  return height > 0 && isWhole() ? { width, height, channels, data } : undefined;
}
