import { useEffect } from 'preact/hooks';
import { notice, spoken } from '../state/notifications.js';

/** How long good news stay on the page. */
const SHOWN_MS = 6000;

/** What the page has to tell, at its foot and to a screen reader. */
export function Notifications() {
  const now = notice.value;
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
          <div class={`voice sheet ${now.kind}`}>
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
