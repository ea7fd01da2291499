import { useState } from 'preact/hooks';
import { saveSvg } from '../files/save.js';
import { ownDigits } from '../state/digits.js';
import { page, query } from '../state/location.js';
import { ownModels } from '../state/models.js';
import { frameCode, isLocal } from './frame-code.js';
import { linkWith, plainLink } from './links.js';
import { HEADER, type Named, PARTS } from './parts.js';
import { MAX_QR_BYTES, QrCode } from './qr-code.js';
import './share.css';

/** A link to what the page shows, the same as a QR code, and the code of a frame for another page. */
export function ShareDialog({ close }: { readonly close: () => void }) {
  const link = plainLink(page.value, query.value);
  const bytes = new TextEncoder().encode(link).length;
  const [said, setSaid] = useState('');
  const hasOwn = ownModels.value.length > 0 || ownDigits.value !== undefined;
  return (
    <div class="content">
      <h2 id="share-title">share this page</h2>
      <p>The link shows this page as you see it: with these choices, this digit, this drawing.</p>
      {isLocal(link) && (
        <p class="note red">
          This page comes from your own computer, so the link works on it alone. To share it, put the folder{' '}
          <code>packages/studio/dist</code> on a web server, open it there, and press Share again.
        </p>
      )}
      {hasOwn && (
        <p class="note faint">
          The link does not contain your own models and data. Save them and pass the files on.
        </p>
      )}
      <div class="link-and-code">
        <div class="link">
          <label for="share-link">link</label>
          <textarea id="share-link" readOnly rows={3} value={link} onFocus={selectAll} />
          <p class="buttons">
            <button type="button" class="main" onClick={() => void copy(link, 'Link copied.').then(setSaid)}>
              Copy the link
            </button>
            {'share' in navigator && (
              <button
                type="button"
                onClick={() => void navigator.share({ url: link }).catch(() => undefined)}
              >
                Send …
              </button>
            )}
          </p>
        </div>
        {bytes <= MAX_QR_BYTES ? (
          <figure class="qr">
            <QrCode text={link} label="QR code of the link" />
            <figcaption>
              <button
                type="button"
                class="quiet"
                onClick={({ currentTarget }) =>
                  saveSvg('longhand-link.svg', currentTarget.closest('figure')!.querySelector('svg')!)
                }
              >
                Save as SVG
              </button>
            </figcaption>
          </figure>
        ) : (
          <p class="qr faint">
            This link has {bytes.toLocaleString('en-US')} characters, too many for a QR code: it holds at most{' '}
            {MAX_QR_BYTES.toLocaleString('en-US')}. Draw with fewer or shorter strokes.
          </p>
        )}
      </div>
      <FrameChoices say={setSaid} />
      <div class="end">
        <span class="said green" role="status">
          {said}
        </span>
        <a
          class="button"
          href={linkWith(page.value, query.value, { present: '1' })}
          onClick={() => {
            close();
            // Where the browser forbids the full screen, the window is filled.
            document.documentElement.requestFullscreen?.().catch(() => undefined);
          }}
        >
          Present
        </a>
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </div>
  );
}

/** Which part of the page a frame shows, what it leaves out, and its code. */
function FrameChoices({ say }: { readonly say: (text: string) => void }) {
  const { parts, controls } = PARTS[page.value]!;
  const [chosen, setChosen] = useState(parts[0]!.name);
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const part = parts.find(({ name }) => name === chosen) ?? parts[0]!;
  const names = [HEADER, ...controls];
  const link = linkWith(page.value, query.value, {
    embed: '1',
    part: part === parts[0] ? undefined : part.name,
    hide: hidden.join(','),
    ...part.needs,
  });
  const code = frameCode(link, `Longhand: ${part.title}`, part.size);
  const toggle = ({ name }: Named) =>
    setHidden(hidden.includes(name) ? hidden.filter((other) => other !== name) : [...hidden, name]);
  return (
    <details>
      <summary>Show it in a page of your own</summary>
      <div class="frame">
        <label>
          show{' '}
          <select value={part.name} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {parts.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="hide">
          <legend>leave out</legend>
          {names.map((control) => (
            <label key={control.name}>
              <input
                type="checkbox"
                checked={hidden.includes(control.name)}
                onChange={() => toggle(control)}
              />{' '}
              {control.title}
            </label>
          ))}
        </fieldset>
        <label for="share-frame">code for your page</label>
        <textarea id="share-frame" class="figures" readOnly rows={5} value={code} onFocus={selectAll} />
        <p class="buttons">
          <button type="button" onClick={() => void copy(code, 'Code copied.').then(say)}>
            Copy the code
          </button>
          <a href={link} target="_blank" rel="noopener">
            See it alone
          </a>
        </p>
      </div>
    </details>
  );
}

function selectAll({ currentTarget }: { readonly currentTarget: HTMLTextAreaElement }): void {
  currentTarget.select();
}

/** @returns what to tell the user */
async function copy(text: string, done: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    return 'The browser did not allow copying. Select the text and copy it.';
  }
}
