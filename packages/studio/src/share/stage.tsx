import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { FRAME_KEYS, frame, isPresenting } from '../state/frame.js';
import { changeQuery, hrefOf, page, query } from '../state/location.js';
import { keepFitted } from './fit.js';
import { plainLink } from './links.js';
import { PARTS } from './parts.js';
import './stage.css';

/** In a narrower frame the board has one column. In CSS pixels. */
const BOARD_NARROW = 761;
/** In a narrower frame, as on a phone, nothing is made much smaller. */
const NARROW = 500;

/** The rules that show a part alone and leave controls out: for the names in the address. */
const rules = new CSSStyleSheet();
document.adoptedStyleSheets.push(rules);

effect(() => {
  const { part = '', hide = [] } = frame.value ?? {};
  const isKnown = PARTS[page.value]!.parts.some(({ name }) => name === part);
  const { dataset } = document.documentElement;
  if (isKnown) dataset.shown = part;
  else delete dataset.shown;
  const alone = `[data-part~="${part}"]`;
  rules.replaceSync(
    [
      ...(isKnown
        ? [`#main :not(h1, :has(${alone}), ${alone}, ${alone} *) { display: none !important }`]
        : []),
      ...hide.map((name) => `[data-control~="${name}"] { display: none !important }`),
    ].join('\n'),
  );
});

/** The bar of a page in a frame, or for a projector. */
export function StageBar({ title }: { readonly title: string }) {
  useEffect(followLinks, []);
  const here = page.value;
  const part = frame.value?.part;
  const presents = isPresenting.value;
  useEffect(() => fitPage(here, part, presents), [here, part, presents]);
  if (presents) return <PresentingBar />;
  return (
    <footer class="stage-bar" data-control="header">
      <a href={plainLink(here, query.value)} target="_blank" rel="noopener">
        <span class="pen">Longhand</span> {title}
      </a>
    </footer>
  );
}

/** Fills the frame, or the screen: one part exactly, a long page by its width. */
function fitPage(name: string, part: string | undefined, presents: boolean): (() => void) | undefined {
  const main = document.getElementById('main')!;
  const { parts } = PARTS[name]!;
  const { isFitted } = parts.find((each) => each.name === part) ?? parts[0]!;
  if (presents) return keepFitted(main, { least: isFitted ? 0.8 : 1.25, most: 2.4 });
  // A board of one column is there to scroll.
  if (!isFitted || (!part && name === 'board' && innerWidth < BOARD_NARROW)) return undefined;
  return keepFitted(main, { least: innerWidth < NARROW ? 0.8 : 0.5, most: 3 });
}

/**
 * A link to another page opens a window of its own from a frame, which shows one page. A projector
 * shows the other page in the same way.
 */
function followLinks(): () => void {
  function onClick(event: MouseEvent): void {
    const link = (event.target as Element).closest?.('a');
    const address = link?.getAttribute('href');
    if (!link || !address?.startsWith('#/') || link.target) return;
    const [path = '', search = ''] = address.slice(2).split('?');
    const state = new URLSearchParams(search);
    if (frame.peek() && path !== page.peek()) {
      event.preventDefault();
      open(new URL(address, location.href), '_blank', 'noopener');
      return;
    }
    const now = query.peek();
    for (const key of FRAME_KEYS) if (now.has(key)) state.set(key, now.get(key)!);
    link.href = hrefOf(path, state);
  }
  addEventListener('click', onClick, { capture: true });
  return () => removeEventListener('click', onClick, { capture: true });
}

/** Leaves with Escape, with the button, or when the browser leaves the full screen. */
function PresentingBar() {
  useEffect(() => {
    const leave = () => changeQuery({ present: undefined });
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) leave();
    };
    const onFullscreen = () => {
      if (!document.fullscreenElement) leave();
    };
    addEventListener('keydown', onKey);
    document.addEventListener('fullscreenchange', onFullscreen);
    return () => {
      removeEventListener('keydown', onKey);
      document.removeEventListener('fullscreenchange', onFullscreen);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
  return (
    <footer class="stage-bar">
      <span class="faint">→ or Space: next · ← back · Esc: leave</span>
      <button type="button" class="quiet" onClick={() => changeQuery({ present: undefined })}>
        Leave
      </button>
    </footer>
  );
}
