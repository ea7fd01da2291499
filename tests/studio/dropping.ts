import type { Page } from 'puppeteer-core';

/** A file to drop. */
export interface Dropped {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Drops files on the page, as from the desktop. */
export async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  await page.evaluate(dropHere, files.map(asText), false);
}

/** Drops files on the next page that is opened, as soon as it exists. */
export async function dropAtOnce(page: Page, files: readonly Dropped[]): Promise<void> {
  await page.evaluateOnNewDocument(dropHere, files.map(asText), true);
}

interface AsText {
  readonly name: string;
  readonly base64: string;
}

function asText({ name, bytes }: Dropped): AsText {
  return { name, base64: Buffer.from(bytes).toString('base64') };
}

/** Runs in the page. */
function dropHere(files: readonly AsText[], waits: boolean): void {
  const dataTransfer = new DataTransfer();
  for (const { name, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name));
  }
  const dropAll = () => {
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
      );
    }
  };
  if (!waits) {
    dropAll();
    return;
  }
  // The page's elements exist before anything is painted.
  new MutationObserver((_, observer) => {
    if (!document.querySelector('main')) return;
    observer.disconnect();
    dropAll();
  }).observe(document, { childList: true, subtree: true });
}
