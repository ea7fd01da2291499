/**
 * The factor by which a pixel's byte is multiplied before it enters the network: the board divides
 * by 255.
 */
export const PIXEL_SCALE = 1 / 255;
