// Watches over the worker of a learner's program: ends it after a time, and passes on what it sends up to a limit. It
// has a thread of its own, so that a flood of messages reaches no page. build/sandbox.js fills in LEARNER.
import type { Ended, SandboxRequest, Start } from './messages.js';

declare const LEARNER: string;

const MAX_LINES = 100;
const MAX_LINE = 300;
const MAX_ANSWERS = 8_000_000;
/** More are no program that prints, but a flood. */
const MAX_MESSAGES = 10_000;

/** In strict mode a name that was never declared is an error. In the first line, so that lines stay the learner's. */
const strict = (code: string) => `'use strict';${code}`;

/** What must live as long as the guard: a browser may end a worker or close a port that nothing refers to. */
const held: object[] = [];

addEventListener('message', ({ data }: MessageEvent<SandboxRequest & { readonly port: MessagePort }>) => {
  const { code, given, port, limit } = data;
  const output: string[] = [];
  let lines = 0;
  let messages = 0;
  const url = URL.createObjectURL(new Blob([LEARNER], { type: 'text/javascript' }));
  const learner = new Worker(url);
  held.push(port, learner);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (ended: Omit<Ended, 'output' | 'lines'>) => {
    learner.terminate();
    clearTimeout(timer);
    port.postMessage({ ...ended, output, lines });
    close();
  };
  learner.addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
    if (++messages > MAX_MESSAGES) end({ end: 'flood' });
    if (!Array.isArray(message)) return;
    const [kind, text] = message as unknown[];
    if (typeof text !== 'string') return;
    if (kind === 'started') {
      timer ??= setTimeout(() => end({ end: 'time' }), limit);
      port.postMessage('started');
    } else if (kind === 'output') {
      lines++;
      if (output.length < MAX_LINES)
        output.push(text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)} …` : text);
    } else if (kind === 'syntax') findLine(text);
    else if (kind === 'done') end(text.length > MAX_ANSWERS ? { end: 'too-large' } : { end: 'done', text });
  });
  learner.addEventListener('error', (event) => {
    event.preventDefault();
    if (!timer) {
      port.postMessage('not-started');
      return;
    }
    const message = typeof event.message === 'string' ? event.message : 'the program could not be read';
    end({
      ...{ end: 'failed', text: message.replace(/^Uncaught /, '').slice(0, 500) },
      ...(event.lineno > 0 && { line: event.lineno }),
    });
  });
  /** Chromium tells the line of a syntax error only of a worker's own program. Nothing in such a one is run. */
  function findLine(message: string): void {
    learner.terminate();
    const parsed = new Worker(URL.createObjectURL(new Blob([strict(code)], { type: 'text/javascript' })));
    held.push(parsed);
    const failed = (line?: number) => {
      parsed.terminate();
      end({ end: 'failed', text: message.slice(0, 500), ...(line !== undefined && line > 0 && { line }) });
    };
    setTimeout(failed, limit);
    parsed.addEventListener('error', (event) => {
      event.preventDefault();
      failed(event.lineno);
    });
  }
  learner.postMessage({ code: strict(code), given });
});

const start: Start = 'ready';
postMessage(start);
