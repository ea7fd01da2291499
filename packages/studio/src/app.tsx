import { DropFiles, OpenButton } from './components/drop-files.js';
import { lazy } from './components/lazy.js';
import { Notifications } from './components/notifications.js';
import { ThemeButton } from './components/theme-button.js';
import { Board } from './pages/board/board.js';
import { hrefOf, PAGES, type PageName, page } from './state/location.js';
import './app.css';

const TITLES: Readonly<Record<PageName, string>> = {
  board: 'Board',
  train: 'Train',
  draw: 'Draw',
  examine: 'Examine',
  why: 'Why',
};

/** Each page but the first is fetched when it is first opened. */
const LATER = {
  train: lazy(TITLES.train, () => import('./pages/train/train.js').then(({ Train }) => Train)),
  draw: lazy(TITLES.draw, () => import('./pages/draw/draw.js').then(({ Draw }) => Draw)),
  examine: lazy(TITLES.examine, () => import('./pages/examine/examine.js').then(({ Examine }) => Examine)),
  why: lazy(TITLES.why, () => import('./pages/why/why.js').then(({ Why }) => Why)),
};

export function App() {
  const here = page.value;
  const Page = here === 'board' ? Board : LATER[here];
  document.title = `${TITLES[here]} · Longhand`;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the page
      </button>
      <header class="top">
        <a class="name pen" href={hrefOf('board')}>
          Longhand
        </a>
        <nav aria-label="Pages">
          <ul>
            {PAGES.map((name) => (
              <li key={name}>
                <a href={hrefOf(name)} {...(name === here ? { 'aria-current': 'page' } : {})}>
                  {TITLES[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <OpenButton />
        <ThemeButton />
      </header>
      <main id="main" class="page" tabIndex={-1}>
        <h1 class="hidden">{TITLES[here]}</h1>
        <Page />
      </main>
      <DropFiles />
      <Notifications />
    </>
  );
}
