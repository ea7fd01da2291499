import { QueueError } from './queue-error.js';

/** Where a queue is, and how to log in. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly username?: string;
  readonly password?: string;
  /** Whether the connection is encrypted. */
  readonly tls: boolean;
  /** For messages: the address without user and password. */
  readonly shown: string;
}

const DEFAULT_PORT = 6379;
const FORM = 'redis://user:password@host:6379/0, or rediss:// for TLS';

/**
 * Reads the address of a queue: `redis://user:password@host:port/database`.
 *
 * @throws QueueError for anything else; the message never holds the password
 */
export function parseAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocols = ['redis:', 'rediss:', 'valkey:', 'valkeys:'];
  if (!url || !protocols.includes(url.protocol) || url.hostname === '') {
    throw new QueueError(`the address of the queue: expected ${FORM}`);
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  const path = url.pathname.replace(/^\//, '');
  if (!/^[0-9]{0,4}$/.test(path)) {
    throw new QueueError(
      `the address of the queue: expected the number of a database after the port, found ${JSON.stringify(path)}`,
    );
  }
  const [username, password] = [decode(url.username), decode(url.password)];
  return {
    host,
    port,
    database: Number(path),
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    tls: url.protocol === 'rediss:' || url.protocol === 'valkeys:',
    shown: `${url.hostname}:${port}`,
  };
}

/** @throws QueueError for a percent sign that stands for nothing */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new QueueError(
      'the address of the queue: in its user and password, write % as %25, @ as %40, : as %3A, / as %2F',
    );
  }
}
