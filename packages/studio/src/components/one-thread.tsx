import { type OneThreadReason, oneThread } from '../state/isolation.js';
import './one-thread.css';

/** Why there is one thread, and what would change it. */
const REASONS: Readonly<Record<OneThreadReason, string>> = {
  insecure:
    'More threads need shared memory, which browsers give only to a page that comes over https or from this computer. Open the page over https, or run longhand studio here.',
  forbidden:
    'More threads need two headers that this host does not send, and the browser does not let the page add them with a service worker. Allow service workers (private windows often forbid them), have the host send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or run longhand studio on this computer.',
  framed:
    'More threads need shared memory, which the page around this frame does not give. It has to send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, and its frame needs allow="cross-origin-isolated". In a window of its own, this page can use all cores.',
  preparing: 'The page is being stored for offline use. After that it can use all cores.',
  reload: 'Load the page again, and it can use all cores.',
  refused:
    'More threads need shared memory. The page asked for it, and this browser does not give it. Use another browser, or a newer version of this one.',
  'one-core':
    'This machine has one core, or the browser tells of one only. A machine with more cores trains faster.',
};

/** Says that training has one thread, why, and what would change it; nothing if it can have more. */
export function OneThread() {
  const reason = oneThread.value;
  if (!reason) return null;
  return (
    <p class="one-thread faint" data-control="threads" data-part="accuracy loss units">
      Training uses one thread. <Reason reason={reason} />
    </p>
  );
}

/** The same at the foot of a page that does not train: the reason on demand. */
export function OneThreadFoot() {
  const reason = oneThread.value;
  if (!reason) return null;
  return (
    <footer class="one-thread-foot faint">
      <details>
        <summary>Training uses one thread here. Why?</summary>
        <p>
          <Reason reason={reason} />
        </p>
      </details>
    </footer>
  );
}

function Reason({ reason }: { readonly reason: OneThreadReason }) {
  return (
    <>
      {REASONS[reason]}
      {reason === 'reload' && (
        <>
          {' '}
          <button type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </>
      )}
      {reason === 'framed' && (
        <>
          {' '}
          <a href={location.href.replace(/\bembed=1&?/, '')} target="_blank" rel="noopener">
            Open it in a window of its own
          </a>
        </>
      )}
    </>
  );
}
