import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count, probability } from '../../text.js';
import { Bands } from './band.js';
import { choose } from './choices.js';
import { describe, selection, type View, view } from './examine-state.js';
import { cardAt, cardByKey, type GalleryLayout, rowsOf } from './virtual-rows.js';

/** Smallest side of a card, in CSS pixels: two for each pixel of an MNIST digit, and a margin. */
const MIN_SIDE = 68;
/** The same in a wide gallery. */
const MIN_SIDE_WIDE = 76;
/** A gallery of at least this width is wide. */
const WIDE = 400;

/**
 * The digits that pass the filter, as cards to scroll through. Only the cards in view are painted.
 */
export function Gallery() {
  const places = selection.value;
  const now = view.value;
  const home = useRef<HTMLDivElement>(null);
  const { width, height } = useSizeOf(home);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const layout = layoutOf(places.length, width);
  const { columns, side } = layout;

  useLayoutEffect(() => {
    home.current!.scrollTop = 0;
    setTop(0);
    setActive(0);
  }, [places]);

  const open = (card: number) => now && choose({ digit: { set: now.set, index: places[card]! } });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(active);
      return;
    }
    const next = cardByKey(layout, active, event.key, Math.floor(height / side));
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    const row = Math.floor(next / columns) * side;
    const element = home.current!;
    element.scrollTop = Math.max(row + side - height, Math.min(row, element.scrollTop));
  }

  function cardUnder(event: MouseEvent): number | undefined {
    const { left, top: above } = home.current!.getBoundingClientRect();
    return cardAt(layout, event.clientX - left, event.clientY - above + home.current!.scrollTop);
  }

  const hover = useHover(home, layout, now, places);
  return (
    <div class="cards-room">
      <div
        ref={home}
        class="cards"
        style={{ '--side': `${side}px` }}
        role="listbox"
        tabIndex={0}
        aria-label={`${count(places.length)} digits; press Enter to open one`}
        aria-activedescendant={places[active] === undefined ? undefined : 'active-card'}
        aria-busy={!now || places.length === 0}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onMouseMove={(event) => hover.show(cardUnder(event))}
        onMouseLeave={() => hover.show(undefined)}
        onClick={(event) => {
          const card = cardUnder(event);
          if (card === undefined) return;
          setActive(card);
          open(card);
        }}
      >
        <div class="all" role="presentation" style={{ height: `${rowsOf(layout) * side}px` }}>
          <div aria-hidden="true">
            {now && columns > 0 && <Bands {...{ now, places, layout, top, height }} />}
          </div>
          <div ref={hover.mark} class="mark" style={{ width: `${side}px`, height: `${side}px` }} />
          {now && <ActiveCard now={now} places={places} card={active} layout={layout} />}
        </div>
        {now && places.length === 0 && <p class="faint none">No digit matches these filters.</p>}
      </div>
    </div>
  );
}

function layoutOf(cards: number, width: number): GalleryLayout {
  const least = width >= WIDE ? MIN_SIDE_WIDE : MIN_SIDE;
  const columns = Math.max(1, Math.floor(width / least));
  return { cards, side: Math.max(least, Math.floor(width / columns)), columns };
}

type Reference<T> = { readonly current: T | null };

/** The inner size of an element, in CSS pixels. */
function useSizeOf(home: Reference<HTMLElement>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = home.current!;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return size;
}

/**
 * Frames the card under the mouse and describes it. It changes styles alone, as the mouse moves
 * often.
 */
function useHover(
  home: Reference<HTMLElement>,
  layout: GalleryLayout,
  now: View | undefined,
  places: Uint32Array,
) {
  const mark = useRef<HTMLDivElement>(null);
  function show(card: number | undefined): void {
    const { style } = mark.current!;
    style.visibility = card === undefined ? 'hidden' : 'visible';
    if (card === undefined || !now) return;
    style.transform = positionOf(card, layout);
    home.current!.title = labelOf(now, places[card]!);
  }
  return { mark, show };
}

interface ActiveCardProps {
  readonly now: View;
  readonly places: Uint32Array;
  readonly card: number;
  readonly layout: GalleryLayout;
}

/** The card that the keyboard is at, for screen readers, and its frame. */
function ActiveCard({ now, places, card, layout }: ActiveCardProps) {
  const place = places[card];
  if (place === undefined) return null;
  const side = `${layout.side}px`;
  return (
    <div
      id="active-card"
      class="active"
      role="option"
      tabIndex={-1}
      aria-selected="true"
      aria-setsize={places.length}
      aria-posinset={card + 1}
      aria-label={labelOf(now, place)}
      style={{ width: side, height: side, transform: positionOf(card, layout) }}
    />
  );
}

function labelOf(now: View, place: number): string {
  return `${now.set} ${place}: ${describe(now, place, probability)}`;
}

function positionOf(card: number, { columns, side }: GalleryLayout): string {
  return `translate(${(card % columns) * side}px, ${Math.floor(card / columns) * side}px)`;
}
