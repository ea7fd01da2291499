import { useEffect, useLayoutEffect } from 'preact/hooks';
import { notice, spoken } from '../state/notifications.js';

/** The room that app.css adds below the page for a message, in CSS pixels. */
const ROOM = 96;

/** Who was at the foot of the page still sees it, above the message. */
function keepFootVisible(): void {
  const { scrollHeight } = document.documentElement;
  const below = scrollHeight - scrollY - innerHeight;
  if (scrollHeight > innerHeight + ROOM && below <= ROOM + 1)
    scrollTo({ top: scrollHeight, behavior: 'instant' });
}

/** How long a message of success is shown, in ms. */
const SHOWN_MS = 6000;

/** Messages of the page, at its foot and for screen readers. */
export function Notifications() {
  const now = notice.value;
  useLayoutEffect(() => {
    if (now) keepFootVisible();
  }, [now]);
  useEffect(() => {
    if (!now || now.kind === 'wrong') return;
    const timer = setTimeout(() => {
      if (notice.peek() === now) notice.value = undefined;
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <>
      <div class="hidden" aria-live="polite" id="spoken">
        {spoken}
      </div>
      <div role={now?.kind === 'wrong' ? 'alert' : 'status'}>
        {now && (
          <div class={`notification sheet ${now.kind}`}>
            <p>{now.text}</p>
            <button
              type="button"
              class="quiet"
              aria-label="Close this message"
              onClick={() => {
                notice.value = undefined;
              }}
            >
              ✕
            </button>
          </div>
        )}
      </div>
    </>
  );
}
