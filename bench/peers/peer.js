// A program that is measured: a process that loads its data once, waits, and works only when it
// gets a request.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Environment variables that are not passed on, because they would slow down a peer or limit its
 * cores.
 */
const UNWANTED = [
  'OPENBLAS_CORETYPE',
  'OPENBLAS_L2_SIZE',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'OMP_NUM_THREADS',
  'NODE_OPTIONS',
];

/** The environment of a peer. */
export function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !UNWANTED.includes(name)));
}

export class Peer {
  #child;
  #waiting;
  #errors = '';
  #ended;

  /** @param {string[]} command the program and its arguments */
  constructor([program, ...args]) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: environment() });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.#errors = `${this.#errors}${text}`.slice(-2000);
    });
    this.#child.stdin.on('error', () => {});
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#fail(error.message));
      this.#child.once('close', (code, signal) => {
        this.#fail(`ended with ${signal ?? code}: ${lastError(this.#errors)}`);
        resolve();
      });
    });
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param {{ do: string }} request
   * @throws Error if the peer answers with an error, or ends
   */
  ask(request) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  async end() {
    this.#child.stdin.end();
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await this.#ended;
    clearTimeout(late);
  }

  #receive(line) {
    // Some libraries print a greeting on stdout.
    if (!line.startsWith('{')) return;
    const answer = JSON.parse(line);
    if (answer.error) this.#fail(answer.error);
    else this.#take()?.resolve(answer);
  }

  #fail(reason) {
    this.#take()?.reject(new Error(reason));
  }

  #take() {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}

/** The line on stderr that says why a process ended. */
function lastError(text) {
  const lines = text.trim().split('\n');
  const line = lines.findLast((each) => /Error\b/.test(each)) ?? lines.at(-1);
  // The path from which a module was imported means nothing on other machines.
  return line.split(' imported from ')[0].trim();
}
