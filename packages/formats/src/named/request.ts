/** Why a server did not give what was asked. The message is the reason alone: `404 Not Found`. */
export class RequestError extends Error {
  /** Whether the same request may succeed: the connection was cut or too slow. */
  readonly again: boolean;
  constructor(message: string, again = false) {
    super(message);
    this.again = again;
  }
}

/** An answer of a server. Every chunk of it starts the timer again. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body, chunk by chunk. */
  readonly chunks: () => AsyncGenerator<Uint8Array, void, undefined>;
  /** Ends the connection without reading the rest. */
  readonly drop: () => void;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which a server counts as too slow. */
  readonly stallMs: number;
}

/**
 * Asks a server.
 *
 * @throws RequestError if it does not answer
 */
export async function request(url: string, { headers, signal, stallMs }: RequestOptions): Promise<Answer> {
  const ending = new AbortController();
  const stop = () => ending.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  let timer: NodeJS.Timeout | undefined;
  let isSlow = false;
  const wind = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isSlow = true;
      ending.abort();
    }, stallMs);
  };
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  };
  const reasonOf = (error: unknown): unknown => {
    if (signal?.aborted) return signal.reason;
    if (isSlow) return new RequestError(`no byte for ${seconds(stallMs)}`, true);
    return new RequestError(inWords(error), true);
  };
  wind();
  try {
    const response = await fetch(url, {
      headers: { 'user-agent': 'longhand', 'accept-encoding': 'identity', ...headers },
      signal: ending.signal,
    });
    return {
      status: response.status,
      headers: response.headers,
      async *chunks() {
        try {
          if (!response.body) return;
          for await (const chunk of response.body) {
            wind();
            yield chunk as Uint8Array;
          }
        } catch (error) {
          throw reasonOf(error);
        } finally {
          end();
          ending.abort();
        }
      },
      drop: () => {
        end();
        ending.abort();
      },
    };
  } catch (error) {
    end();
    throw reasonOf(error);
  }
}

const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no server answers',
  ENOTFOUND: 'the address is not found: is there a connection to the internet?',
  EAI_AGAIN: 'the address is not found: is there a connection to the internet?',
  ETIMEDOUT: 'the server does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the server does not answer',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the server cannot be reached',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection was cut',
};

/** The innermost cause of a failed request. */
function inWords(error: unknown): string {
  let inner = error as NodeJS.ErrnoException;
  while (inner.cause instanceof Error) inner = inner.cause as NodeJS.ErrnoException;
  return CODES[inner.code ?? ''] ?? inner.message ?? String(inner);
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`;
}
