import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Where a key leads in a row of buttons: to the next one, the one before, the first or the last. */
function placeAfter(key: string, place: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(place + 1, count - 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(place - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/**
 * Makes the buttons of an element one stop for the Tab key: the one that had the focus last.
 * Arrow keys, Home and End lead to the others.
 */
export function useRoving(home: RefObject<HTMLElement | null>): void {
  const last = useRef<HTMLButtonElement | undefined>(undefined);
  const enabled = () =>
    [...(home.current?.querySelectorAll('button') ?? [])].filter(({ disabled }) => !disabled);

  function stopAt(stop: HTMLButtonElement | undefined): void {
    for (const button of enabled()) button.tabIndex = button === stop ? 0 : -1;
  }

  // After every render: other buttons may have become disabled.
  useLayoutEffect(() => {
    const all = enabled();
    stopAt(all.find((button) => button === last.current) ?? all[0]);
  });

  useEffect(() => {
    const element = home.current!;
    function onFocus({ target }: FocusEvent): void {
      if (!(target instanceof HTMLButtonElement)) return;
      last.current = target;
      stopAt(target);
    }
    function onKey(event: KeyboardEvent): void {
      const all = enabled();
      const next = placeAfter(event.key, all.indexOf(event.target as HTMLButtonElement), all.length);
      if (next === undefined) return;
      event.preventDefault();
      all[next]?.focus();
    }
    element.addEventListener('focusin', onFocus);
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('focusin', onFocus);
      element.removeEventListener('keydown', onKey);
    };
  }, []);
}
