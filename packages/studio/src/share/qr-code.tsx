import { encode } from 'uqr';

/** More bytes than this a QR code cannot hold with the least error correction. */
export const MAX_QR_BYTES = 2953;
/** Blank modules around the code. The standard asks for four. */
const QUIET = 4;

/** A text as a QR code: dark on white in both themes, since some readers need that. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = encode(text, { border: 0, ecc: 'L', boostEcc: true });
  const side = size + 2 * QUIET;
  const dark = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return (
    <svg class="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect width={side} height={side} fill="#fff" />
      <path d={dark} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
