// The sandboxed frame: of an opaque origin, without network and storage. It starts the guard. build/sandbox.js fills in GUARD.
import type { Start } from './messages.js';

declare const GUARD: string;

/** Tells the frame around this one, of which it cannot know the origin. The word is no secret. */
const tell = (start: Start) => parent.postMessage(start, '*');

addEventListener('error', () => tell('not-started'));
// The listener below lasts as long as the frame, and the guard with it: a browser may end a worker that
// nothing refers to.
const guard = new Worker(URL.createObjectURL(new Blob([GUARD], { type: 'text/javascript' })));
guard.addEventListener('message', () => tell('ready'));
guard.addEventListener('error', () => tell('not-started'));
addEventListener('message', ({ data, ports: [port], source }) => {
  if (source === parent && port) guard.postMessage({ ...data, port }, [port]);
});
