import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { DropFiles, OpenButton } from './components/drop-files.js';
import { lazy } from './components/lazy.js';
import { Notifications } from './components/notifications.js';
import { OneThreadFoot } from './components/one-thread.js';
import { TermTip } from './components/term-tip.js';
import { ThemeButton } from './components/theme-button.js';
import { PAGES } from './page-registry.js';
import { Board } from './pages/board/board.js';
import { isOpening as showsOpening } from './pages/board/board-state.js';
import { ShareButton } from './share/share-button.js';
import { bar, isReady, viewed } from './share/view.js';
import { firstViewIsDrawn } from './state/first-view.js';
import { hrefOf, page, setPages } from './state/location.js';
import './app.css';

const [{ name: FIRST_PAGE }] = PAGES;
/** The page that says itself how many threads it has. */
const TRAINING = 'train';
setPages(PAGES.map(({ name }) => name));

/**
 * The first page is part of the first view. Every other page is fetched when it is first opened.
 */
const COMPONENTS = new Map<string, ComponentType>(
  PAGES.map(({ name, title, load }) => [name, load ? lazy(title, load) : Board]),
);

/** Whether the first view is the board with the digit that is part of the program. */
export function isOpening(): boolean {
  return page.peek() === FIRST_PAGE && showsOpening.peek();
}

export function App() {
  const here = page.value;
  const { title } = PAGES.find(({ name }) => name === here)!;
  const Page = COMPONENTS.get(here)!;
  document.title = `${title} · Longhand`;
  useEffect(() => scrollTo(0, 0), [here]);
  useEffect(() => {
    // The board says itself when its numbers are there.
    if (here !== FIRST_PAGE) firstViewIsDrawn();
  }, [here]);
  if (!isReady.value) return null;
  const isUsual = viewed.value === 'usual';
  const Bar = bar.value;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the page
      </button>
      <header class="top">
        <a class="name pen" href={hrefOf(FIRST_PAGE)}>
          Longhand
        </a>
        <nav aria-label="Pages">
          <ul>
            {PAGES.filter(({ isInNavigation = true }) => isInNavigation).map(({ name, title: text }) => (
              <li key={name}>
                <a href={hrefOf(name)} {...(name === here ? { 'aria-current': 'page' } : {})}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <OpenButton />
        <ShareButton />
        <ThemeButton />
      </header>
      <main id="main" class="page" tabIndex={-1}>
        <h1 class="hidden">{title}</h1>
        <Page />
      </main>
      {isUsual ? here !== TRAINING && <OneThreadFoot /> : Bar && <Bar title={title} />}
      <DropFiles />
      <Notifications />
      <TermTip />
    </>
  );
}
