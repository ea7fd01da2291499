import { computed, effect, signal } from '@preact/signals';

export type ThemeChoice = 'auto' | 'light' | 'dark';

const KEY = 'longhand theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system.matches);
system.addEventListener('change', ({ matches }) => {
  systemDark.value = matches;
});

const themeChoice = signal<ThemeChoice>(remembered());

/** The page is printed in its light theme. */
const printing = signal(false);
addEventListener('beforeprint', () => {
  printing.value = true;
});
addEventListener('afterprint', () => {
  printing.value = false;
});

/** Whether the page is shown in its dark theme. */
export const dark = computed(
  () =>
    !printing.value && (themeChoice.value === 'dark' || (themeChoice.value === 'auto' && systemDark.value)),
);

effect(() => {
  document.documentElement.dataset.theme = dark.value ? 'dark' : 'light';
});

export function chooseTheme(choice: ThemeChoice): void {
  themeChoice.value = choice;
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Without storage the page forgets the choice when it is closed.
  }
}

function remembered(): ThemeChoice {
  try {
    const choice = localStorage.getItem(KEY);
    return choice === 'light' || choice === 'dark' ? choice : 'auto';
  } catch {
    return 'auto';
  }
}
