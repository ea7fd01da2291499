import { Board } from './pages/board/board.js';
import { DropFiles, OpenButton } from './parts/drop-files.js';
import { later } from './parts/later.js';
import { ThemeButton } from './parts/theme-button.js';
import { Voice } from './parts/voice.js';
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
  train: later(TITLES.train, () => import('./pages/train/train.js').then(({ Train }) => Train)),
  draw: later(TITLES.draw, () => import('./pages/draw/draw.js').then(({ Draw }) => Draw)),
  examine: later(TITLES.examine, () => import('./pages/examine/examine.js').then(({ Examine }) => Examine)),
  why: later(TITLES.why, () => import('./pages/why/why.js').then(({ Why }) => Why)),
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
      <Voice />
    </>
  );
}
