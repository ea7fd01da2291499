import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dark } from '../../state/theme.js';
import { count, probability } from '../../text.js';
import { choose } from './choices.js';
import { describe, selection, type View, view } from './examine-state.js';
import { paintCards, readLook } from './paint-cards.js';
import {
  BAND_ROWS,
  bandsInView,
  cardAt,
  cardByKey,
  type GalleryLayout,
  mostBands,
  rowsOf,
} from './virtual-rows.js';

/** The least side of a card, in CSS pixels: two for each pixel of MNIST's, and a margin. */
const LEAST_SIDE = 68;
/** The same where there is room. */
const ROOMY_SIDE = 76;
/** A drawer at least so wide has room. */
const ROOMY = 400;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The digits that pass the filter, as cards to scroll through: only those in view, and a few more, are drawn. */
export function Gallery() {
  const places = selection.value;
  const now = view.value;
  const isDark = dark.value;
  const home = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState<Size>({ width: 0, height: 0 });
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const fonts = useFonts();
  const look = useMemo(() => readLook(isDark), [isDark, fonts]);

  useLayoutEffect(() => {
    const element = home.current!;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    home.current!.scrollTop = 0;
    setTop(0);
    setActive(0);
  }, [places]);

  const drawer = drawerOf(places.length, width);
  const { columns, side } = drawer;
  const [from, to] = bandsInView(drawer, top, height);
  const pool = mostBands(drawer, height);
  const open = (card: number) => now && choose({ digit: { set: now.set, index: places[card]! } });

  function walk(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(active);
      return;
    }
    const next = cardByKey(drawer, active, event.key, Math.floor(height / side));
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    const row = Math.floor(next / columns) * side;
    const element = home.current!;
    element.scrollTop = Math.max(row + side - height, Math.min(row, element.scrollTop));
  }

  function cardUnder(event: MouseEvent): number | undefined {
    const box = home.current!.getBoundingClientRect();
    return cardAt(drawer, event.clientX - box.left, event.clientY - box.top + home.current!.scrollTop);
  }

  function point(event: MouseEvent): void {
    const card = cardUnder(event);
    const style = mark.current!.style;
    style.visibility = card === undefined ? 'hidden' : 'visible';
    if (card === undefined || !now) return;
    style.transform = `translate(${(card % columns) * side}px, ${Math.floor(card / columns) * side}px)`;
    home.current!.title = `${now.set} ${places[card]}: ${describe(now, places[card]!, probability)}`;
  }

  const place = places[active];
  return (
    <div class="cards-room">
      <div
        ref={home}
        class="cards"
        style={{ '--side': `${side}px` }}
        role="listbox"
        tabIndex={0}
        aria-label={`${count(places.length)} digits; Enter opens one`}
        aria-activedescendant={place === undefined ? undefined : 'active-card'}
        aria-busy={!now || places.length === 0}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        onKeyDown={walk}
        onMouseMove={point}
        onMouseLeave={() => {
          mark.current!.style.visibility = 'hidden';
        }}
        onClick={(event) => {
          const card = cardUnder(event);
          if (card === undefined) return;
          setActive(card);
          open(card);
        }}
      >
        <div class="all" role="presentation" style={{ height: `${rowsOf(drawer) * side}px` }}>
          <div aria-hidden="true">
            {now &&
              columns > 0 &&
              Array.from({ length: to - from }, (_, k) => from + k).map((band) => (
                <Band key={band % pool} {...{ band, now, places, drawer, look }} />
              ))}
          </div>
          <div ref={mark} class="mark" style={{ width: `${side}px`, height: `${side}px` }} />
          {now && place !== undefined && (
            <div
              id="active-card"
              class="active"
              role="option"
              tabIndex={-1}
              aria-selected="true"
              aria-setsize={places.length}
              aria-posinset={active + 1}
              aria-label={`${now.set} ${place}: ${describe(now, place, probability)}`}
              style={{
                width: `${side}px`,
                height: `${side}px`,
                transform: `translate(${(active % columns) * side}px, ${Math.floor(active / columns) * side}px)`,
              }}
            />
          )}
        </div>
        {now && places.length === 0 && <p class="faint none">No digit matches these filters.</p>}
      </div>
    </div>
  );
}

function drawerOf(cards: number, width: number): GalleryLayout {
  const least = width >= ROOMY ? ROOMY_SIDE : LEAST_SIDE;
  const columns = Math.max(1, Math.floor(width / least));
  return { cards, side: Math.max(least, Math.floor(width / columns)), columns };
}

interface BandProps {
  readonly band: number;
  readonly now: View;
  readonly places: Uint32Array;
  readonly drawer: GalleryLayout;
  readonly look: ReturnType<typeof readLook>;
}

function Band({ band, now, places, drawer: { columns, side }, look }: BandProps) {
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

/** Whether the page's fonts have arrived: what was drawn before has to be drawn again. */
function useFonts(): boolean {
  const [ready, setReady] = useState(document.fonts.status === 'loaded');
  useEffect(() => {
    void document.fonts.ready.then(() => setReady(true));
  }, []);
  return ready;
}
