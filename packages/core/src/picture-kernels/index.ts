// `@longhand/core/picture-kernels`: the passes over pictures in WebAssembly, for a program that runs once and
// ends before plain TypeScript has become fast.
import { usePagePasses } from '../data/pages/passes.js';
import { useBox } from '../data/pictures/passes/box.js';
import { useContrast } from '../data/pictures/passes/contrast.js';
import { useDistance } from '../data/pictures/passes/distance.js';
import { useExtremes } from '../data/pictures/passes/extremes.js';
import { useMarks } from '../data/pictures/passes/marks.js';
import { useMasks } from '../data/pictures/passes/masks.js';
import { usePlanes } from '../data/pictures/passes/planes.js';
import { useThreshold } from '../data/pictures/passes/threshold.js';
import { startPictureKernels } from './start.js';

/**
 * From now on, pictures are framed and pages read with kernels in WebAssembly, where it is allowed. The
 * results are the same, to the last bit.
 *
 * @returns whether they are used
 */
export function usePictureKernels(): boolean {
  const passes = startPictureKernels();
  if (!passes) return false;
  const users = [
    useBox,
    useContrast,
    useDistance,
    useExtremes,
    useMarks,
    useMasks,
    usePlanes,
    useThreshold,
    usePagePasses,
  ];
  for (const use of users) use(passes);
  return true;
}
