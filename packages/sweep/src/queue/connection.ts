import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { parseAddress, type QueueAddress } from './address.js';
import { QueueError } from './queue-error.js';

/** How a queue is reached. */
export interface ConnectionOptions {
  /** The certificate of an authority to trust besides the usual ones, as PEM. */
  readonly ca?: string | undefined;
  /** How long to wait for a queue that does not answer at the start, in ms. Default: not at all. */
  readonly waitMs?: number;
  /** Is told that the queue is away, and that it is back: a line each. */
  readonly onNotice?: (message: string) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/** An open connection to a queue. It connects again whenever it was lost. */
export interface QueueConnection {
  /** The client. */
  readonly redis: Redis;
  /** For messages: the address without user and password. */
  readonly shown: string;
  /** Whether the queue answers. */
  readonly isUp: () => boolean;
  /** Ends the connection. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 2000;
/** Longer than any command that waits for a job (10 s). */
const SILENCE_MS = 20_000;
const CLOSE_MS = 1000;

/**
 * Connects to a queue.
 *
 * @throws QueueError if it does not answer, or refuses the password or the certificate
 */
export async function connect(address: string, options: ConnectionOptions = {}): Promise<QueueConnection> {
  const { waitMs = 0, onNotice = () => undefined, signal } = options;
  const at = parseAddress(address);
  const started = performance.now();
  let hasTold = false;
  for (;;) {
    const redis = withoutLeftTimers(new Redis(redisOptions(at, options.ca)));
    const failure = await attempt(redis);
    if (failure === undefined) return watch(redis, at, onNotice);
    redis.disconnect();
    const problem = describe(failure, at);
    if (problem.isFinal) throw new QueueError(problem.message);
    if (signal?.aborted || performance.now() - started >= waitMs) {
      throw new QueueError(`${problem.message}. Start Redis there, or pass --wait 10m to wait for it`);
    }
    if (!hasTold) onNotice(`${problem.message}: waiting for it`);
    hasTold = true;
    await delay(500, undefined, { signal }).catch(() => undefined);
  }
}

function redisOptions(at: QueueAddress, ca: string | undefined): RedisOptions {
  const { host, port, database, username, password, tls } = at;
  return {
    host,
    port,
    db: database,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: { ...(isIP(host) === 0 && { servername: host }), ...(ca !== undefined && { ca }) } }),
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A connection whose other end is gone says nothing: it is given up after this long without an answer.
    socketTimeout: SILENCE_MS,
    keepAlive: 5000,
    // Commands wait until the queue is back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 100, LONGEST_PAUSE_MS),
  };
}

/**
 * ioredis 5 leaves the timer of `socketTimeout` running when a connection is closed, and the process with it. BullMQ
 * makes copies of the connection: they are treated alike.
 */
function withoutLeftTimers(redis: Redis): Redis {
  const client = redis as unknown as { socketTimeoutTimer: NodeJS.Timeout | undefined };
  redis.on('close', () => {
    clearTimeout(client.socketTimeoutTimer);
    client.socketTimeoutTimer = undefined;
  });
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => withoutLeftTimers(duplicate(override));
  return redis;
}

/** @returns why it did not connect, if so */
async function attempt(redis: Redis): Promise<Error | undefined> {
  let reason: Error | undefined;
  const listen = (error: Error) => {
    reason ??= error;
  };
  redis.on('error', listen);
  try {
    // A wrong password is an error that the client does not give up at.
    const failed = new Promise<never>((_, reject) => redis.once('error', reject));
    await Promise.race([redis.connect().then(() => redis.ping()), failed]);
    return undefined;
  } catch (error) {
    return reason ?? (error as Error);
  } finally {
    redis.off('error', listen);
    // Later ones are told by `watch`.
    redis.on('error', () => undefined);
  }
}

/** What a failure means, and whether waiting could help. */
function describe(
  error: Error & { code?: string },
  at: QueueAddress,
): { readonly message: string; readonly isFinal: boolean } {
  const { code, message } = error;
  const queue = `the queue at ${at.shown}`;
  if (/WRONGPASS|invalid (username-)?password/i.test(message)) {
    return { message: `${queue} refuses the user or the password: check the address`, isFinal: true };
  }
  if (/NOAUTH/.test(message)) {
    return {
      message: `${queue} asks for a password: write it into the address, redis://:password@${at.shown}`,
      isFinal: true,
    };
  }
  if (/DB index is out of range/i.test(message)) {
    return { message: `${queue} has no database ${at.database}: check the address`, isFinal: true };
  }
  if (/CERT|certificate|self.signed|ALTNAME/i.test(`${code} ${message}`)) {
    return {
      message: `${queue}: its certificate is not trusted (${message}). Pass its authority with --queue-ca`,
      isFinal: true,
    };
  }
  if (/wrong version number|packet length|EPROTO/i.test(`${code} ${message}`)) {
    return { message: `${queue} does not speak TLS: use redis:// instead of rediss://`, isFinal: true };
  }
  const over = at.tls ? ' over TLS' : '';
  return { message: `${queue} is not reachable${over} (${code ?? message})`, isFinal: false };
}

/** Tells once when the queue goes away, and once when it is back. */
function watch(redis: Redis, at: QueueAddress, onNotice: (message: string) => void): QueueConnection {
  let isUp = true;
  let isClosing = false;
  redis.on('close', () => {
    if (!isUp || isClosing) return;
    isUp = false;
    onNotice(`the queue at ${at.shown} is away: waiting for it, nothing is lost`);
  });
  redis.on('ready', () => {
    if (isUp) return;
    isUp = true;
    onNotice(`the queue at ${at.shown} is back`);
  });
  return {
    redis,
    shown: at.shown,
    isUp: () => isUp,
    async close() {
      isClosing = true;
      await Promise.race([redis.quit().catch(() => undefined), delay(CLOSE_MS)]);
      redis.disconnect();
    },
  };
}
