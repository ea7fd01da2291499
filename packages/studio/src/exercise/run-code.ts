import { SANDBOX } from 'virtual:sandbox';
import { readEnded } from './read-ended.js';
import type { Ended, SandboxRequest } from './sandbox/messages.js';

/** How long a program may run, in ms. */
export const LIMIT_MS = 2000;
/** How long the frames and workers may take to start, on a slow phone too. */
const START_MS = 20_000;
/** How long they may take at the first try. A browser under load may lose one of them. */
const FIRST_START_MS = 6000;
/** How much later than the guard the page itself ends a program. */
const GRACE_MS = 2000;

/** A program that gave no answer that can be read, or never began. */
const NONE = { output: [], lines: 0 } as const;

type Run = Ended | { readonly end: 'not-started' };

/**
 * Runs a learner's program in a frame of its own, which is removed afterwards with all that runs in it. If
 * nothing starts, it tries once more. It never rejects.
 *
 * @param given the exercise as JSON
 */
export async function runCode(code: string, given: string): Promise<Run> {
  const request: SandboxRequest = { code, given, limit: LIMIT_MS };
  const first = await runOnce(request, FIRST_START_MS);
  return first.end === 'not-started' ? runOnce(request, START_MS) : first;
}

function runOnce(request: SandboxRequest, startMs: number): Promise<Run> {
  const frame = document.createElement('iframe');
  frame.title = 'Your program';
  frame.hidden = true;
  frame.src = new URL(SANDBOX, document.baseURI).href;
  const { port1, port2 } = new MessageChannel();
  let state: 'starting' | 'asked' | 'started' = 'starting';
  return new Promise((resolve) => {
    const end = (ended: Run) => {
      clearTimeout(timer);
      removeEventListener('message', onStart);
      port1.close();
      frame.remove();
      resolve(ended);
    };
    let timer = setTimeout(() => end({ end: 'not-started' }), startMs);
    /** The frame announces that it can take the request. Nothing is sent where it may not be heard yet. */
    const onStart = ({ data, source, origin }: MessageEvent<unknown>) => {
      if (source !== frame.contentWindow || origin !== location.origin || state === 'started') return;
      if (data !== 'ready') end({ end: 'not-started' });
      else if (state === 'starting') {
        state = 'asked';
        frame.contentWindow?.postMessage(request, location.origin, [port2]);
      }
    };
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === 'not-started') end({ end: data });
      else if (data === 'started') {
        state = 'started';
        clearTimeout(timer);
        timer = setTimeout(() => end({ end: 'time', ...NONE }), LIMIT_MS + GRACE_MS);
      } else end(readEnded(data) ?? { end: 'failed', text: 'it sent no answer that can be read', ...NONE });
    };
    addEventListener('message', onStart);
    document.body.append(frame);
  });
}
