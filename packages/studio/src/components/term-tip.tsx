import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { chapterNumber } from '../glossary/course.js';
import type { Term } from '../glossary/terms.js';
import { hrefOf } from '../state/location.js';
import './term-tip.css';

/** How long the mouse rests on a symbol before its sentence appears, in ms. */
const REST_MS = 250;
/** Space between a symbol and its sentence, and to the window's edge, in CSS pixels. */
const GAP = 6;

/** The symbol whose sentence is shown. */
const shown = signal<
  { readonly term: Term; readonly home: Element /** Of its chapter. */; readonly number: number } | undefined
>(undefined);

/** Shows the sentence of a symbol. They are fetched when the first one is asked for. */
async function show(home: Element): Promise<void> {
  const { TERMS } = await import('../glossary/terms.js');
  const wanted = home.getAttribute('data-term');
  const term = TERMS.find(({ name }) => name === wanted);
  if (term && home.isConnected) shown.value = { term, home, number: chapterNumber(term.chapter) };
}

function hide(): void {
  shown.value = undefined;
}

/** The symbol at an element; of a matrix, its letter. */
function symbolAt(target: EventTarget | null): Element | undefined {
  if (!(target instanceof Element)) return undefined;
  const home = target.closest('[data-term]') ?? target.closest('.tile')?.querySelector('[data-term]');
  return home ?? undefined;
}

/** One sentence about the symbol that has the mouse or the focus, or was tapped. */
export function TermTip() {
  const tip = useRef<HTMLDivElement>(null);
  const now = shown.value;

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const listeners = {
      pointerover({ target, pointerType }: PointerEvent) {
        clearTimeout(resting);
        if (pointerType !== 'mouse' || tip.current?.contains(target as Node)) return;
        const home = (target as Element).closest?.('[data-term]');
        if (home) resting = setTimeout(() => void show(home), REST_MS);
        else if (shown.peek() && document.activeElement !== shown.peek()?.home)
          resting = setTimeout(hide, REST_MS);
      },
      focusin({ target }: FocusEvent) {
        if (tip.current?.contains(target as Node)) return;
        const home = symbolAt(target);
        if (home && (target as Element).matches(':focus-visible')) void show(home);
        else hide();
      },
      click({ target }: MouseEvent) {
        if (tip.current?.contains(target as Node)) return;
        const home = (target as Element).closest?.('[data-term]');
        if (home && !(target as Element).closest('select, input')) void show(home);
        else hide();
      },
      keydown({ key }: KeyboardEvent) {
        if (key === 'Escape' || key.startsWith('Arrow')) hide();
      },
      hashchange: hide,
    };
    for (const [type, listener] of Object.entries(listeners))
      addEventListener(type, listener as EventListener);
    return () => {
      clearTimeout(resting);
      for (const [type, listener] of Object.entries(listeners))
        removeEventListener(type, listener as EventListener);
    };
  }, []);

  useLayoutEffect(() => {
    const element = tip.current;
    if (!now || !element) return;
    const { left, top, bottom, width } = now.home.getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: high } = element;
    const x = Math.min(Math.max(GAP, left + width / 2 - wide / 2), innerWidth - wide - GAP);
    const above = top - high - GAP;
    element.style.left = `${x}px`;
    element.style.top = `${above >= 0 ? above : bottom + GAP}px`;
    const focused = document.activeElement;
    if (!focused || symbolAt(focused) !== now.home) return;
    focused.setAttribute('aria-describedby', 'term-tip');
    return () => focused.removeAttribute('aria-describedby');
  }, [now]);

  if (!now) return null;
  const { name, sentence, chapter } = now.term;
  return (
    <div class="term-tip sheet" role="tooltip" id="term-tip" ref={tip}>
      {sentence} <a href={hrefOf('learn', { chapter })}>Chapter {now.number}</a> ·{' '}
      <a href={hrefOf('glossary', { term: name })}>Glossary</a>
    </div>
  );
}
