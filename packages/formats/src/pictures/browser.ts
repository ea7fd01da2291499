import type { Picture } from '@longhand/core/pictures';
import { MAX_PIXELS } from './limits.js';

/**
 * A picture as the browser reads it, turned the way up that its file says. Undefined where there is no
 * browser, or it does not know the format.
 */
export async function decodeInBrowser(bytes: Uint8Array): Promise<Picture | undefined> {
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function') return undefined;
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>])).catch(() => undefined);
  if (!bitmap) return undefined;
  const { width, height } = bitmap;
  try {
    if (width * height > MAX_PIXELS) return undefined;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(bitmap, 0, 0);
    return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
