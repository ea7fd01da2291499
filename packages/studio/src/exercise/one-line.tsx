import { useState } from 'preact/hooks';
import { outcome } from './exercise-state.js';
import { keep, kept } from './kept.js';
import { LINES } from './lines.js';

/** *Show me one line*: a hint for the next quantity, and then its line. */
export function OneLine() {
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const marks = outcome.value?.sheet?.marks;
  const isRight = (name: string) => marks?.find((mark) => mark.name === name)?.verdict === 'right';
  const next = LINES.find(({ name }) => !isRight(name));
  const line = LINES.find(({ name }) => name === asked) ?? next;
  const isShown = line !== undefined && kept.value.shown.includes(line.name);
  if (!next) return null;
  return (
    <div class="one-line">
      <button type="button" aria-expanded={asked !== undefined} onClick={() => setAsked(next.name)}>
        Show me one line
      </button>
      <div role="status">
        {asked !== undefined && line && (
          <>
            <p>
              <b class="figures">{line.name}</b> {line.hint}
            </p>
            {isShown && <pre class="code">{line.code}</pre>}
          </>
        )}
      </div>
      {asked !== undefined && line && !isShown && (
        <button type="button" class="quiet" onClick={() => keep({ shown: [...kept.value.shown, line.name] })}>
          The hint is not enough: show the line
        </button>
      )}
    </div>
  );
}
