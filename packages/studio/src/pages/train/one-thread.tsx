import { type OneThreadReason, oneThread } from '../../state/isolation.js';

const REASONS: Readonly<Record<OneThreadReason, string>> = {
  insecure:
    'More threads need shared memory, which browsers give only to a page that comes over https or from this computer.',
  forbidden:
    'More threads need two headers that this host does not send, and the browser does not let the page add them with a service worker.',
  preparing: 'The page is being stored for offline use. After that it can use all cores.',
  reload: 'Load the page again, and it can use all cores.',
  refused: 'More threads need shared memory, which this browser does not give to the page.',
};

/** Says that training has one thread, and why; nothing if it can have more. */
export function OneThread() {
  const reason = oneThread.value;
  if (!reason) return null;
  return (
    <p class="one-thread faint">
      Training uses one thread. {REASONS[reason]}
      {reason === 'reload' && (
        <>
          {' '}
          <button type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </>
      )}
    </p>
  );
}
