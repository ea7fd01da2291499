import { chooseTheme, dark } from '../state/theme.js';

/** Turns the exercise book into a blackboard and back. */
export function ThemeButton() {
  return (
    <button
      type="button"
      class="quiet theme-button"
      aria-pressed={dark.value}
      onClick={() => chooseTheme(dark.peek() ? 'light' : 'dark')}
    >
      Blackboard
    </button>
  );
}
