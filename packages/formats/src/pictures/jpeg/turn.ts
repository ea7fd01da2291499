import type { Picture } from '@longhand/core/pictures';

/**
 * A picture turned and mirrored as Exif's orientation says, 1–8: in 1 the first row is the top and the
 * first column the left, in 6 the first row is the right side, and so on.
 */
export function turn(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture;
  const { width, height, channels, data } = picture;
  const isTransposed = orientation >= 5;
  const mirrorsColumns = [2, 3, 7, 8].includes(orientation);
  const mirrorsRows = [3, 4, 6, 7].includes(orientation);
  const turned = {
    width: isTransposed ? height : width,
    height: isTransposed ? width : height,
    channels,
    data: new Uint8Array(data.length),
  };
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      const column = isTransposed ? y : x;
      const row = isTransposed ? x : y;
      const from =
        (mirrorsRows ? height - 1 - row : row) * width + (mirrorsColumns ? width - 1 - column : column);
      const to = y * turned.width + x;
      for (let c = 0; c < channels; c++) turned.data[to * channels + c] = data[from * channels + c]!;
    }
  }
  return turned;
}
