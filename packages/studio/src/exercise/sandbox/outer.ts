// The frame around the sandboxed one. A service worker answers for no sandboxed frame, so that such a frame would be missing offline, and
// refused where the service worker adds the headers that isolate. This one is of the page's origin, and runs nothing but this. The
// frame in it inherits its policy and the headers. build/sandbox.js fills in INNER.
declare const INNER: string;

addEventListener(
  'message',
  ({ data, ports: [port], origin }) => {
    if (origin !== location.origin || !port) return;
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = INNER;
    frame.addEventListener('load', () => frame.contentWindow?.postMessage(data, '*', [port]), { once: true });
    document.body.append(frame);
  },
  { once: true },
);

export {};
