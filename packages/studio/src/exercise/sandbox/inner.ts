// The sandboxed frame: of an opaque origin, without network and storage. It starts the guard. build/sandbox.js fills in GUARD.
declare const GUARD: string;

addEventListener(
  'message',
  ({ data, ports: [port] }) => {
    const guard = new Worker(URL.createObjectURL(new Blob([GUARD], { type: 'text/javascript' })));
    guard.postMessage({ ...data, port }, [port!]);
  },
  { once: true },
);

export {};
