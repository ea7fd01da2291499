// Augments the examples of a batch on their way into it (data/augmentation).
import { SAMPLE_BYTES } from './affine-map';
import { augmentPicture } from './augment-picture';
import { packWithDropout } from './pack-with-dropout';

/**
 * Makes some examples of a batch from their pictures, and packs them as sparse rows with their
 * labels: augmented if `width` is not 0, without the pixels that input dropout sets to 0.
 *
 * @param samples `SAMPLE_BYTES` for each example
 * @param field the displacement field, `size` a row, or 0
 * @param framed space for `augmentPicture`
 * @param picture space for one augmented picture
 * @param place of the first example in the batch
 * @param room space for `packWithDropout`
 * @param groups space for the groups of the first example; `bytes` further, those of the next
 * @param outLabels where the labels go
 * @returns a number that means nothing; it keeps the compiler from removing the first loop
 */
export function augmentExamples(
  samples: usize,
  count: i32,
  pictures: usize,
  inputs: i32,
  labels: usize,
  width: i32,
  height: i32,
  field: usize,
  size: i32,
  framed: usize,
  picture: usize,
  key: i32,
  place: i32,
  threshold: i32,
  scale: i32,
  room: usize,
  groups: usize,
  bytes: i32,
  sparseRows: usize,
  outLabels: usize,
): i32 {
  // The pictures are anywhere in memory. This reads every cache line of all of them first, so that the
  // loads overlap.
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const from = pictures + <usize>load<u32>(samples + k * SAMPLE_BYTES) * inputs;
    for (let at: i32 = 0; at < inputs; at += 64) sum += load<i32>(from + at);
  }
  for (let k = 0; k < count; k++) {
    const example = <usize>load<u32>(samples);
    let pixels = pictures + example * inputs;
    if (width) {
      augmentPicture(
        pixels,
        width,
        height,
        field,
        size,
        framed,
        picture,
        load<i32>(samples, 4),
        load<i32>(samples, 8),
        load<i32>(samples, 12),
        load<i32>(samples, 16),
        load<i32>(samples, 20),
        load<i32>(samples, 24),
        load<i32>(samples, 28),
        load<i32>(samples, 32),
      );
      pixels = picture;
    }
    store<u32>(sparseRows, <u32>groups);
    store<u32>(sparseRows, <u32>packWithDropout(pixels, inputs, key, place + k, threshold, scale, room, groups), 4);
    store<u8>(outLabels + k, load<u8>(labels + example));
    samples += SAMPLE_BYTES;
    groups += bytes;
    sparseRows += 8;
  }
  return sum;
}
