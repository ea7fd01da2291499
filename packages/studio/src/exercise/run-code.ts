import { SANDBOX } from 'virtual:sandbox';
import { readEnded } from './read-ended.js';
import type { Ended, SandboxRequest } from './sandbox/messages.js';

/** How long a program may run, in ms. */
export const LIMIT_MS = 2000;
/** How long the frames and workers may take to start, on a slow phone too. */
const START_MS = 20_000;
/** How much later than the guard the page itself ends a program. */
const GRACE_MS = 2000;

/** A program that gave no answer that can be read, or never began. */
const NONE = { output: [], lines: 0 } as const;

/**
 * Runs a learner's program in a frame of its own, which is removed afterwards with all that runs in it. It never
 * rejects.
 *
 * @param given the exercise as JSON
 */
export function runCode(code: string, given: string): Promise<Ended | { readonly end: 'not-started' }> {
  const frame = document.createElement('iframe');
  frame.title = 'Your program';
  frame.hidden = true;
  frame.src = new URL(SANDBOX, document.baseURI).href;
  return new Promise((resolve) => {
    const ports: MessagePort[] = [];
    const end = (ended: Ended | { readonly end: 'not-started' }) => {
      clearTimeout(timer);
      for (const port of ports) port.close();
      frame.remove();
      resolve(ended);
    };
    let timer = setTimeout(() => end({ end: 'not-started' }), START_MS);
    const onMessage = ({ data }: MessageEvent<unknown>) => {
      if (data === 'started') {
        clearTimeout(timer);
        timer = setTimeout(() => end({ end: 'time', ...NONE }), LIMIT_MS + GRACE_MS);
      } else end(readEnded(data) ?? { end: 'failed', text: 'it sent no answer that can be read', ...NONE });
    };
    // Firefox may load an empty page first, where nobody hears the request: the page that does takes the first it gets.
    frame.addEventListener('load', () => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      port1.onmessage = onMessage;
      const request: SandboxRequest = { code, given, limit: LIMIT_MS };
      frame.contentWindow?.postMessage(request, location.origin, [port2]);
    });
    document.body.append(frame);
  });
}
