import { lazy, Suspense } from 'preact/compat';
import { Board } from './pages/board/board.js';
import { DropFiles, OpenButton } from './parts/drop-files.js';
import { ThemeButton } from './parts/theme-button.js';
import { Voice } from './parts/voice.js';
import { hrefOf, PAGES, type PageName, page } from './state/location.js';
import './app.css';

/** Each page is fetched when it is first opened. */
const LATER = {
  train: lazy(() => import('./pages/train/train.js').then(({ Train }) => ({ default: Train }))),
  draw: lazy(() => import('./pages/draw/draw.js').then(({ Draw }) => ({ default: Draw }))),
  examine: lazy(() => import('./pages/examine/examine.js').then(({ Examine }) => ({ default: Examine }))),
  why: lazy(() => import('./pages/why/why.js').then(({ Why }) => ({ default: Why }))),
};

const TITLES: Readonly<Record<PageName, string>> = {
  board: 'Board',
  train: 'Train',
  draw: 'Draw',
  examine: 'Examine',
  why: 'Why',
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
        <Suspense fallback={<p class="faint opening">Opening {TITLES[here]} …</p>}>
          <Page />
        </Suspense>
      </main>
      <DropFiles />
      <Voice />
    </>
  );
}
