import { savePng } from '../../files/save.js';
import { showError } from '../../state/notifications.js';

/**
 * Saves a framed digit as a PNG, white ink on black as its bytes are, each pixel `times × times`
 * large.
 *
 * @param pixels 28 × 28 bytes
 */
export function savePicture(pixels: Uint8Array, times: number): void {
  const canvas = document.createElement('canvas');
  canvas.width = 28;
  canvas.height = 28;
  const image = new ImageData(28, 28);
  for (const [pixel, byte] of pixels.entries()) image.data.set([byte, byte, byte, 255], 4 * pixel);
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  const side = 28 * times;
  savePng(`drawing-${side}x${side}.png`, canvas, times).catch(showError);
}
