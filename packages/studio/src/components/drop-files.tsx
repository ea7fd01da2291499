import { layerSizes } from '@longhand/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filesOfDrop, filesOfList, type PathFile } from '../files/path-file.js';
import { digits, ownDigits } from '../state/digits.js';
import { backToMnist, openFiles, saveModel } from '../state/file-actions.js';
import { ownModels, removeModel, renameModel } from '../state/models.js';
import { reading } from '../state/reading.js';
import { amount, percent, shortHash } from '../text.js';
import { lazy } from './lazy.js';
import { NameInput } from './name-input.js';
import './drop-files.css';

/** What the browser keeps: no part of the first view. */
const Kept = lazy('What the browser keeps', () => import('./kept-list.js').then(({ KeptList }) => KeptList));

/** Opens files that are dropped anywhere on the page, and shows the progress of reading them. */
export function DropFiles() {
  const [over, setOver] = useState(false);
  // A layout effect runs at once. Before it, a dropped file would replace the page.
  useLayoutEffect(() => listen(setOver), []);
  const now = reading.value;
  return (
    <>
      {over && (
        <div class="drop-here" aria-hidden="true">
          <p class="sheet pen">Drop a model, a dataset or a folder of pictures here.</p>
        </div>
      )}
      <div role="status" aria-atomic="true">
        {now && (
          <div class="files-reading sheet">
            <label for="reading-share">Reading {now.what} …</label>
            <progress id="reading-share" value={now.share} />
            <span class="figures">{percent(now.share, 0)}</span>
          </div>
        )}
      </div>
    </>
  );
}

/**
 * Listens for files that are dragged over the page. Other drags, such as of a link, are not
 * affected.
 */
function listen(setOver: (over: boolean) => void): () => void {
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
  const drag = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
    setOver(true);
  };
  const leave = ({ relatedTarget }: DragEvent) => {
    // Leaving an element leads to another one, except at the edge of the window.
    if (!relatedTarget) setOver(false);
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    // The message about the files must not be behind an open dialog.
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    void filesOfDrop(event.dataTransfer!).then(openFiles);
  };
  addEventListener('dragover', drag);
  addEventListener('dragleave', leave);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', drag);
    removeEventListener('dragleave', leave);
    removeEventListener('drop', drop);
  };
}

/** A dialog to open files, with a list of the open data and models. */
export function OpenButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="quiet open-button"
        aria-haspopup="dialog"
        onClick={() => {
          dialog.current?.showModal();
          setOpen(true);
        }}
      >
        Open …
      </button>
      <dialog
        ref={dialog}
        class="open-files sheet"
        aria-labelledby="open-title"
        closedby="any"
        onClose={() => setOpen(false)}
      >
        <div class="content">
          <OpenChoices isOpen={isOpen} close={() => dialog.current?.close()} />
        </div>
      </dialog>
    </>
  );
}

function OpenChoices({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const own = ownDigits.value;
  const now = digits.value;
  return (
    <>
      <h2 id="open-title">open files</h2>
      <p>
        A <b>model</b> (<code>.safetensors</code>), a <b>dataset</b> (IDX files such as MNIST’s or EMNIST’s, a
        table in CSV, <code>.npz</code>, <code>.mat</code> or parquet, gzipped or in a zip) or a{' '}
        <b>folder of pictures</b> with one sub-folder for each class, or the class first in each name:{' '}
        <code>7_0012.png</code>. You can also drop them anywhere on the page.
      </p>
      <div class="choices">
        <FilesButton text="Choose files …" folder={false} close={close} />
        <FilesButton text="Choose a folder …" folder close={close} />
      </div>
      <p class="faint note">
        Pictures that all have the same size, up to 64 × 64 pixels, are used as they are. Others are cropped,
        scaled and centered to 28 × 28, as in MNIST. Your files stay on your computer.
      </p>
      <h3>current data</h3>
      <p class="line">
        <span aria-live="polite">
          <b>{own?.name ?? 'MNIST'}</b>
          {now && (
            <span class="faint">
              {' '}
              {amount(now.training.length, 'training example')}, {amount(now.test.length, 'test example')}
            </span>
          )}
        </span>
        <button type="button" disabled={!own} onClick={backToMnist}>
          Back to MNIST
        </button>
      </p>
      <h3>your models</h3>
      {ownModels.value.length === 0 && <p class="faint">None yet. Train one or open one.</p>}
      <ul>
        {ownModels.value.map((model) => (
          <li key={model.sha256} class="line">
            <span>
              <NameInput
                class="model-name"
                value={model.name}
                label={`Name of the model ${model.name}`}
                onValue={(name) => renameModel(model, name)}
              />
              <span class="faint figures">
                {' '}
                {layerSizes(model.network).join(' → ')}, {shortHash(model.sha256)}
              </span>
            </span>
            <button
              type="button"
              aria-label={`Save the model ${model.name}`}
              onClick={() => void saveModel(model)}
            >
              Save
            </button>
            <button
              type="button"
              class="quiet"
              aria-label={`Delete the model ${model.name}`}
              onClick={() => removeModel(model)}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {isOpen && <Kept />}
      <div class="end">
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </>
  );
}

interface FilesButtonProps {
  readonly text: string;
  readonly folder: boolean;
  readonly close: () => void;
}

/** A button for the browser's file dialog. */
function FilesButton({ text, folder, close }: FilesButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current!.webkitdirectory = folder;
  }, [folder]);
  const take = (files: readonly PathFile[]) => {
    // Choosing the same file again, after it was repaired, must count as a change.
    input.current!.value = '';
    close();
    if (files.length > 0) void openFiles(files);
  };
  return (
    <>
      <button type="button" class={folder ? '' : 'main'} onClick={() => input.current?.click()}>
        {text}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={text}
        onChange={({ currentTarget }) => take(filesOfList(currentTarget.files!))}
      />
    </>
  );
}
