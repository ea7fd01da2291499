import { DIGIT_SHAPES } from './digit-shapes.js';
import { FEATURES, shapeFeatures } from './shape-features.js';

/**
 * How far the shape of a frame is from what is usual for a digit: the square of Mahalanobis' distance, which is about
 * the number of features for a usual one. A network can be sure of two digits in one frame; their shape is still none
 * of a digit.
 */
export function shapeDistance(pixels: Uint8Array, digit: number): number {
  const shape = DIGIT_SHAPES[digit];
  if (!shape) return FEATURES;
  const features = shapeFeatures(pixels);
  let distance = 0;
  for (let row = 0, at = FEATURES; row < FEATURES; row++) {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += shape[at++]! * (features[column]! - shape[column]!);
    distance += sum * sum;
  }
  return distance;
}
