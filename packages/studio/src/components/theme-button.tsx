import { chooseTheme, dark } from '../state/theme.js';

/** Turns the exercise book into a blackboard and back: it says what it turns the page into. */
export function ThemeButton() {
  return (
    <button
      type="button"
      class="quiet theme-button"
      onClick={() => chooseTheme(dark.peek() ? 'light' : 'dark')}
    >
      {dark.value ? 'Light' : 'Dark'}
    </button>
  );
}
