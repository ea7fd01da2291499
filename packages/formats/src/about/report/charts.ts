/** Shares as bars side by side, drawn with the color of the text. */
export function bars(
  shares: readonly number[],
  {
    width,
    height,
    label,
    isLogarithmic = false,
  }: { width: number; height: number; label: string; isLogarithmic?: boolean },
): string {
  const most = Math.max(...shares);
  const least = Math.min(...shares.filter((share) => share > 0));
  const heightOf = (share: number) => {
    if (share <= 0 || most <= 0) return 0;
    if (!isLogarithmic || most === least) return Math.max(1, (share / most) * height);
    // The rarest is a tenth as high as the most frequent.
    return height * (0.1 + (0.9 * Math.log(share / least)) / Math.log(most / least));
  };
  const step = width / shares.length;
  const rects = shares.map((share, k) => {
    const tall = heightOf(share);
    return tall > 0
      ? `<rect x="${short(k * step + step * 0.08)}" y="${short(height - tall)}" width="${short(step * 0.84)}" height="${short(tall)}"/>`
      : '';
  });
  return `<svg class="bars" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">${rects.join('')}</svg>`;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
