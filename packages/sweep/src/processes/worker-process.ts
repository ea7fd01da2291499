import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { duration } from '@longhand/core/text';
import type { Answer, Order } from './protocol.js';
import { createWatchdog } from './watchdog.js';

/** A process of the pool, from its start to its end. */
export interface WorkerProcess {
  readonly name: string;
  say(order: Order): void;
  /** The last line that it printed. */
  lastLine(): string | undefined;
  /** It saves its state, and ends; if it does not, it is killed. */
  stop(): Promise<void>;
}

/** What a process says of its own accord. */
export type OwnAnswer = Exclude<Answer, { readonly type: 'pong' }>;

interface ProcessListener {
  /** What it says besides that it lives. */
  onAnswer(answer: OwnAnswer): void;
  /** It has ended, hangs and was killed, or could not be started. May be called several times. */
  onEnd(reason: string): void;
}

/** Time for a process to save its state when it is told to stop, in ms. */
const GRACE = 10_000;
/** Of what a process printed before it died, so much is kept. */
const KEPT_OUTPUT = 2000;

/** So often a process is asked whether it lives, in the time after which it counts as hung. */
const TICKS = 10;
/** A process that hangs computes for less than this share of the time. */
const WORK_SHARE = 0.01;

/** @param silenceMs after so long without a sign of life, the process is killed, in ms */
export function startProcess(silenceMs: number, { onAnswer, onEnd }: ProcessListener): WorkerProcess {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [], {
    ...{ serialization: 'advanced', execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      output = `${output}${text}`.slice(-KEPT_OUTPUT);
    });
  const watchdog = createWatchdog({ ticks: TICKS, workMs: WORK_SHARE * silenceMs });
  const end = (reason: string) => {
    clearInterval(timer);
    onEnd(reason);
  };
  const timer = setInterval(() => {
    const lack = watchdog.tick();
    if (lack === undefined) return say({ type: 'ping' });
    child.kill('SIGKILL');
    end(`${lack} for ${duration(silenceMs / 1000)}`);
  }, silenceMs / TICKS);
  child.on('message', (answer: Answer) => {
    if (answer.type === 'pong') return watchdog.answer(answer.cpuMs);
    if (answer.type === 'progress') watchdog.step();
    if (answer.type === 'result' || answer.type === 'broken') watchdog.rest();
    onAnswer(answer);
  });
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  function say(order: Order): void {
    if (order.type === 'task') watchdog.begin();
    // A process that has died is heard of by its exit.
    if (child.connected) child.send(order, () => undefined);
  }
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
