// The frame around the sandboxed one. A service worker answers for no sandboxed frame, so that such a frame would be missing offline, and
// refused where the service worker adds the headers that isolate. This one is of the page's origin, and runs nothing but this. The
// frame in it inherits its policy and the headers. build/sandbox.js fills in INNER.
import type { Start } from './messages.js';

declare const INNER: string;

const frame = document.createElement('iframe');
frame.setAttribute('sandbox', 'allow-scripts');
frame.srcdoc = INNER;

// Whether the chain has started goes up to the page, and its request goes down. No `load` is waited for:
// Firefox may load an empty page first, where nobody would hear the request.
addEventListener('message', ({ data, ports: [port], origin, source }) => {
  if (source === frame.contentWindow) {
    const start: Start = data === 'ready' ? 'ready' : 'not-started';
    parent.postMessage(start, location.origin);
  } else if (source === parent && origin === location.origin && port)
    frame.contentWindow?.postMessage(data, '*', [port]);
});
document.body.append(frame);
