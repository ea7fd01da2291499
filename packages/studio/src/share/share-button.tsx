import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { showError } from '../state/notifications.js';

interface DialogProps {
  readonly close: () => void;
}

/** The contents of the dialog, fetched when it is first opened. */
const contents = signal<ComponentType<DialogProps> | undefined>(undefined);
const isOpen = signal(false);

async function open(): Promise<void> {
  try {
    const { ShareDialog } = await import('./share-dialog.js');
    contents.value = ShareDialog;
    isOpen.value = true;
  } catch {
    showError('The dialog could not be loaded. Check your connection.');
  }
}

/** Opens a dialog with ways to share what the page shows. */
export function ShareButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = isOpen.value;
  useEffect(() => {
    if (isShown && !dialog.current!.open) dialog.current!.showModal();
  }, [isShown]);
  const Contents = contents.value;
  const close = () => dialog.current?.close();
  return (
    <>
      <button type="button" class="quiet share-button" aria-haspopup="dialog" onClick={() => void open()}>
        Share
      </button>
      <dialog
        ref={dialog}
        class="share-dialog sheet"
        aria-labelledby="share-title"
        closedby="any"
        onClose={() => {
          isOpen.value = false;
        }}
      >
        {isShown && Contents && <Contents close={close} />}
      </dialog>
    </>
  );
}
