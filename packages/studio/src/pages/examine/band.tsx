import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dark } from '../../state/theme.js';
import type { View } from './examine-state.js';
import { paintCards, readLook } from './paint-cards.js';
import { BAND_ROWS, bandsInView, type GalleryLayout, maxBands } from './virtual-rows.js';

interface BandsProps {
  readonly now: View;
  readonly places: Uint32Array;
  readonly layout: GalleryLayout;
  /** What is scrolled away above, and the height that is in view, in CSS pixels. */
  readonly top: number;
  readonly height: number;
}

/**
 * The cards that are in view, and a few more, as canvases. Canvases that leave the view are used
 * again.
 */
export function Bands({ now, places, layout, top, height }: BandsProps) {
  const isDark = dark.value;
  const fonts = useFonts();
  const look = useMemo(() => readLook(isDark), [isDark, fonts]);
  const [from, to] = bandsInView(layout, top, height);
  const canvases = maxBands(layout, height);
  return (
    <>
      {Array.from({ length: to - from }, (_, k) => from + k).map((band) => (
        <Band key={band % canvases} {...{ band, now, places, layout, look }} />
      ))}
    </>
  );
}

interface BandProps extends Pick<BandsProps, 'now' | 'places' | 'layout'> {
  readonly band: number;
  readonly look: ReturnType<typeof readLook>;
}

function Band({ band, now, places, layout: { columns, side }, look }: BandProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const first = band * BAND_ROWS * columns;
  useLayoutEffect(() => {
    const shown = places.subarray(first, first + BAND_ROWS * columns);
    paintCards(canvas.current!, now, shown, { columns, side, density: devicePixelRatio }, look);
  }, [now, places, first, columns, side, look]);
  const rows = Math.ceil(Math.min(BAND_ROWS * columns, places.length - first) / columns);
  return (
    <canvas
      ref={canvas}
      class="band"
      style={{
        top: `${band * BAND_ROWS * side}px`,
        width: `${columns * side}px`,
        height: `${rows * side}px`,
      }}
    />
  );
}

/** Whether the page's fonts are loaded. What was painted before must be painted again. */
function useFonts(): boolean {
  const [ready, setReady] = useState(document.fonts.status === 'loaded');
  useEffect(() => {
    void document.fonts.ready.then(() => setReady(true));
  }, []);
  return ready;
}
