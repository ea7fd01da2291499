import { useEffect } from 'preact/hooks';
import { isPresenting } from '../state/frame.js';

/** What has a use of its own for arrow keys and Space. */
const OWN_KEYS =
  'input, select, textarea, dialog, [role=dialog], [role=application], [role=toolbar], [role=slider]';

/**
 * Goes on and back with the arrow keys; for a projector also with Space and with Page Up and Down,
 * which a presenter sends. A control that uses these keys itself keeps them.
 */
export function useStepKeys(next: () => void, back: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
      if (ctrlKey || metaKey || altKey || defaultPrevented) return;
      if (target instanceof Element && target.closest(OWN_KEYS)) return;
      const presents = isPresenting.peek();
      const onButton = target instanceof Element && target.closest('button, a, summary') !== null;
      const goesOn = key === 'ArrowRight' || (presents && (key === 'PageDown' || (key === ' ' && !onButton)));
      if (!goesOn && key !== 'ArrowLeft' && !(presents && key === 'PageUp')) return;
      event.preventDefault();
      if (goesOn) next();
      else back();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [next, back]);
}
