// The page itself only asks: a worker of its own trains.
const worker = new Worker(new URL('./own-worker.js', import.meta.url), { type: 'module' });

globalThis.carryOut = (options) =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(options);
  });
