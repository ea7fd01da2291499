import { useEffect, useRef, useState } from 'preact/hooks';
import { Digit } from '../components/digit.js';
import { firstDigits } from '../state/digits.js';
import type { Editor } from './editor.js';
import { ALL, EXAMPLES, isRunning, outcome, runAndMark } from './exercise-state.js';
import { keep, kept } from './kept.js';
import { OneLine } from './one-line.js';
import { Result, summaryOf } from './result.js';
import { START_FILE } from './start-file.js';
import './marked-exercise.css';

/** The marked exercise: write your own forward and backward pass, run it, and have it marked. */
export function MarkedExercise() {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | undefined>(undefined);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  // The room of the program at the start: nothing below it moves when the editor comes.
  const [lines] = useState(() => kept.peek().code.split('\n').length);

  async function open(): Promise<void> {
    setState('loading');
    try {
      const { openEditor } = await import('./editor.js');
      if (!place.current || editor.current) return;
      editor.current = openEditor(place.current, {
        code: kept.peek().code,
        label: 'Your program',
        onChange: (code) => keep({ code }),
        onRun: () => void runAndMark(),
      });
      setState('ready');
    } catch {
      setState('failed');
    }
  }
  useEffect(() => {
    void open();
    return () => {
      editor.current?.end();
      editor.current = undefined;
    };
  }, []);

  const result = outcome.value;
  return (
    <div class="marked-exercise">
      <Given />
      <div class="editor" ref={place} style={{ '--lines': String(lines) }} />
      <pre class="code on-paper">{kept.value.code}</pre>
      {state === 'loading' && <p class="faint">Loading the editor …</p>}
      {state === 'failed' && (
        <p class="red" role="alert">
          The editor could not be loaded. Check your connection.{' '}
          <button type="button" onClick={() => void open()}>
            Try again
          </button>
        </p>
      )}
      <p id="editor-keys" class="faint keys">
        Tab indents a line. To leave the editor by keyboard, press Escape, then Tab. Ctrl + Enter runs your
        program.
      </p>
      <div class="exercise-buttons">
        <button
          type="button"
          class="main"
          disabled={state !== 'ready' || isRunning.value}
          onClick={() => void runAndMark()}
        >
          {isRunning.value ? 'Running …' : 'Run and mark'}
        </button>
        <button type="button" onClick={() => editor.current?.replace(START_FILE)}>
          Start again
        </button>
        <span class="faint">
          {kept.value.best > 0 && `Most right so far: ${kept.value.best} of ${ALL}`}
          {kept.value.shown.length > 0 && ` · Lines shown: ${kept.value.shown.length}`}
        </span>
      </div>
      <OneLine />
      <section class="exercise-result" aria-label="Your marks">
        <p role="status" class={`pen summary ${result?.sheet?.right === ALL ? 'green' : ''}`}>
          {result && !isRunning.value && summaryOf(result)}
        </p>
        {result && <Result outcome={result} onLine={(line) => editor.current?.goTo(line)} />}
      </section>
    </div>
  );
}

/** What the learner starts from. */
function Given() {
  const digits = firstDigits.value?.test;
  return (
    <div class="given">
      <p>
        You have {EXAMPLES} digits as the columns of <b class="figures">X</b> (784 × {EXAMPLES}), their right
        answers <b class="figures">Y</b> (10 × {EXAMPLES}), and the Board’s network before training:{' '}
        <b class="figures">W1</b> (10 × 784), <b class="figures">b1</b> (10 × 1), <b class="figures">W2</b>{' '}
        (10 × 10), <b class="figures">b2</b> (10 × 1).
      </p>
      <div class="given-digits">
        {digits &&
          Array.from({ length: EXAMPLES }, (_, k) => (
            <Digit key={k} pixels={digits.pixels(k)} side={28} label={`Digit ${k}: a ${digits.label(k)}`} />
          ))}
      </div>
    </div>
  );
}
