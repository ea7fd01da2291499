import { linkTo, type QueryChange } from '../../state/location.js';
import { notify, showError } from '../../state/notifications.js';

/** Copies an address that runs the experiment again as soon as it is opened. */
export function CopyLink({ state }: { state: QueryChange }) {
  async function copy(): Promise<void> {
    const link = linkTo('why', { ...state, run: 1 });
    try {
      await navigator.clipboard.writeText(link);
      notify('Copied: whoever opens the link gets this very run.');
    } catch {
      showError(`The browser lets this page copy nothing. The link is ${link}`);
    }
  }
  return (
    <button type="button" onClick={() => void copy()}>
      Copy a link to this run
    </button>
  );
}
