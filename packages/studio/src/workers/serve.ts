// The worker's side of calls.ts.
import type { FromWorker, Method, Methods, ToWorker } from './calls.js';
import { packError } from './error-message.js';

/** A worker's global scope, or a port in a test. */
type Port = Pick<MessagePort, 'postMessage' | 'addEventListener'>;

const transfers = new WeakMap<object, Transferable[]>();

/** Marks buffers of a result to be transferred instead of copied. */
export function withTransfer<Result extends object>(
  result: Result,
  buffers: readonly ArrayBufferLike[],
): Result {
  // Shared memory is not transferred: both sides already have it.
  transfers.set(
    result,
    buffers.filter((buffer) => buffer instanceof ArrayBuffer),
  );
  return result;
}

/** Answers every call with the method that it names. */
export function serve(methods: Methods, port: Port = globalThis as unknown as Port): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  port.addEventListener('message', async (event) => {
    const message = (event as MessageEvent<ToWorker>).data;
    const { call } = message;
    if ('cancel' in message) {
      running.get(call)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(call, controller);
    const report = (value: unknown, transfer?: Transferable[]) => post({ call, report: value }, transfer);
    try {
      const method = methods[message.method] as unknown as Method<unknown, unknown, unknown>;
      const result = await method(message.argument, { report, signal: controller.signal });
      post({ call, result }, transfers.get(result as object));
    } catch (error) {
      post({ call, error: packError(error) });
    } finally {
      running.delete(call);
    }
  });
}
