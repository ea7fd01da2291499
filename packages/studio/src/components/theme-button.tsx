import { chooseTheme, dark } from '../state/theme.js';

/** Switches between the light theme, an exercise book, and the dark theme, a blackboard. */
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
