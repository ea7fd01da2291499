import { notify, showError } from '../state/notifications.js';

/** A button that copies the address of a run. Whoever opens it repeats the run. */
export function CopyLink({ link }: { readonly link: () => string }) {
  async function copy(): Promise<void> {
    const text = link();
    try {
      await navigator.clipboard.writeText(text);
      notify('Link copied. It repeats this run, bit for bit.');
    } catch {
      showError(`The browser did not allow copying. The link is ${text}`);
    }
  }
  return (
    <button type="button" onClick={() => void copy()}>
      Copy a link to this run
    </button>
  );
}
