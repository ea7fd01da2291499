import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { filtered, pointed, toggle } from './choice.js';

/**
 * In a drawing whose marks have a trial's id in `data-trial`: the one under the mouse is lit everywhere,
 * and a press shows its curve. By keyboard, the table does the same.
 */
export function usePointing(home: RefObject<Element | null>): void {
  useEffect(() => {
    const element = home.current!;
    const idOf = ({ target }: Event) =>
      (target as Element).closest<SVGElement>('[data-trial]')?.dataset.trial;
    function onOver(event: Event): void {
      pointed.value = idOf(event);
    }
    function onLeave(): void {
      pointed.value = undefined;
    }
    function onClick(event: Event): void {
      const id = idOf(event);
      const trial = filtered.peek().find((one) => one.id === id);
      if (trial) toggle(trial);
    }
    element.addEventListener('pointerover', onOver);
    element.addEventListener('pointerleave', onLeave);
    element.addEventListener('click', onClick);
    return () => {
      element.removeEventListener('pointerover', onOver);
      element.removeEventListener('pointerleave', onLeave);
      element.removeEventListener('click', onClick);
    };
  }, []);
}
