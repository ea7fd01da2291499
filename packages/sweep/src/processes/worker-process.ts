import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Order } from './protocol.js';

/** A process of the pool, from its start to its end. */
export interface WorkerProcess {
  readonly name: string;
  say(order: Order): void;
  /** The last line that it printed. */
  lastLine(): string | undefined;
  /** It saves its state, and ends; if it does not, it is killed. */
  stop(): Promise<void>;
}

interface ProcessListener {
  onAnswer(answer: Answer): void;
  /** It has ended, or could not be started. May be called twice. */
  onEnd(reason: string): void;
}

/** Time for a process to save its state when it is told to stop, in ms. */
const GRACE = 10_000;
/** Of what a process printed before it died, so much is kept. */
const KEPT_OUTPUT = 2000;

export function startProcess({ onAnswer, onEnd }: ProcessListener): WorkerProcess {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [], {
    ...{ serialization: 'advanced', execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      output = `${output}${text}`.slice(-KEPT_OUTPUT);
    });
  child.on('message', onAnswer);
  child.on('error', (error) => onEnd(error.message));
  child.on('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  const say = (order: Order) => {
    // A process that has died is heard of by its exit.
    if (child.connected) child.send(order, () => undefined);
  };
  return {
    name: `process ${child.pid ?? 'without number'}`,
    say,
    lastLine: () => output.trim().split('\n').at(-1) || undefined,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
      say({ type: 'stop' });
      await exited;
      clearTimeout(timer);
    },
  };
}
