/**
 * Saves a framed digit as a PNG, white ink on black as its bytes are, each pixel `times × times` large.
 *
 * @param pixels 28 × 28 bytes
 */
export async function savePicture(pixels: Uint8Array, times: number): Promise<void> {
  const small = new OffscreenCanvas(28, 28);
  const image = new ImageData(28, 28);
  for (const [pixel, byte] of pixels.entries()) image.data.set([byte, byte, byte, 255], 4 * pixel);
  small.getContext('2d')!.putImageData(image, 0, 0);
  const canvas = new OffscreenCanvas(28 * times, 28 * times);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  const address = URL.createObjectURL(await canvas.convertToBlob({ type: 'image/png' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `drawing-${canvas.width}x${canvas.height}.png`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
