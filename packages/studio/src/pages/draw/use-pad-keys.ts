import { useRef, useState } from 'preact/hooks';
import { announce } from '../../state/notifications.js';
import { clear, undo } from './drawing-state.js';
import { PAD_SIDE, type Point, SQUARE } from './ink.js';
import { placeName, within } from './place.js';
import type { PenLine } from './use-pen.js';

/** How far an arrow key moves the pen, in the pad's units. With Shift, a fifth of it. */
const STEP = SQUARE;
const MIDDLE: Point = { x: PAD_SIDE / 2, y: PAD_SIDE / 2 };

/** The pen as the keyboard moves it. */
export interface PadKeys {
  readonly place: Point;
  readonly isDown: boolean;
  setPlace(place: Point): void;
  /** Lifts the pen if it is down. */
  lift(): void;
  onKeyDown(event: KeyboardEvent): void;
  onKeyUp(event: KeyboardEvent): void;
  onBlur(): void;
}

/**
 * Draws with the keyboard: arrow keys move the pen, Space lowers and lifts it, Delete clears the
 * pad.
 *
 * @param isBusy whether mouse or finger are drawing, so that keys wait
 */
export function usePadKeys(pen: PenLine, isBusy: () => boolean): PadKeys {
  const held = useRef(new Set<string>());
  const movedWithSpace = useRef(false);
  const [place, setPlace] = useState(MIDDLE);
  const [isDown, setDown] = useState(false);

  function lower(): void {
    pen.begin(place);
    setDown(true);
    announce(`Pen down, ${placeName(place)}.`);
  }

  function lift(): void {
    if (!isDown) return;
    pen.end();
    setDown(false);
    announce(`Pen up, ${placeName(place)}.`);
  }

  function move(step: number): void {
    const isHeld = (key: string) => (held.current.has(key) ? step : 0);
    const next = within({
      x: place.x + isHeld('ArrowRight') - isHeld('ArrowLeft'),
      y: place.y + isHeld('ArrowDown') - isHeld('ArrowUp'),
    });
    setPlace(next);
    if (isDown && pen.isDown()) {
      pen.extend(next);
      if (held.current.has(' ')) movedWithSpace.current = true;
    }
    announce(placeName(next));
  }

  /** Space starts or ends a line; an arrow key moves. */
  function draw({ key, shiftKey, repeat }: KeyboardEvent): void {
    held.current.add(key);
    if (key !== ' ') move(shiftKey ? STEP / 5 : STEP);
    else if (!repeat) {
      movedWithSpace.current = false;
      if (isDown) lift();
      else lower();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z') {
      event.preventDefault();
      lift();
      undo();
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (isPenKey(key)) {
      event.preventDefault();
      if (!isBusy()) draw(event);
    } else if (key === 'Escape') {
      lift();
    } else if (key === 'Delete' || key === 'Backspace') {
      event.preventDefault();
      lift();
      clear();
    }
  }

  return {
    place,
    isDown,
    setPlace,
    lift,
    onKeyDown,
    onKeyUp({ key }) {
      held.current.delete(key);
      // Whoever moves with Space held down ends the line by letting it go. After a short press, the
      // line goes on.
      if (key === ' ' && movedWithSpace.current) lift();
    },
    onBlur() {
      held.current.clear();
      lift();
    },
  };
}

/** Whether a key moves, lowers or lifts the pen. */
export function isPenKey(key: string): boolean {
  return key === ' ' || key.startsWith('Arrow');
}
