/** How many sides of pixels lie between what is set in the mask and what is not, or the picture's border. */
export function outlineOf(mask: Uint8Array, width: number, height: number): number {
  let sides = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const x = i % width;
    if (x === 0 || mask[i - 1] === 0) sides++;
    if (x === width - 1 || mask[i + 1] === 0) sides++;
    if (i < width || mask[i - width] === 0) sides++;
    if (i >= width * (height - 1) || mask[i + width] === 0) sides++;
  }
  return sides;
}
