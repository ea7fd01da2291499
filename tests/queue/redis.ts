import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '@longhand/sweep/queue';
import { afterAll, type TestContext } from 'vitest';
import { redisServer } from '../runtimes/installed.js';

/** A Redis of a test's own, on a free port of this machine, with a folder of its own. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it; with `kill`, as a machine that loses its power. What is on disk stays. */
  end(kill?: boolean): Promise<void>;
  /** Starts it on the same port, with what is on disk. */
  begin(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/**
 * One Redis for all tests of a file, empty for each. Without Redis, a test is skipped.
 */
export function redisForTests(): (context: TestContext) => Promise<RedisServer> {
  let server: RedisServer | undefined;
  afterAll(() => server?.remove());
  return async (context) => {
    server ??= await startRedis(redisServer(context));
    const connection = await connect(server.url);
    await connection.redis.flushall();
    await connection.close();
    return server;
  };
}

interface RedisOptions {
  /** Whether it keeps its data on disk. Default true. */
  readonly persists?: boolean;
  readonly host?: string;
  readonly port?: number;
  /** Further arguments, such as `--requirepass x`. */
  readonly args?: readonly string[];
}

export async function startRedis(program: string, options: RedisOptions = {}): Promise<RedisServer> {
  const { persists = true, host = '127.0.0.1', args = [] } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-redis-'));
  const port = options.port ?? (await freePort());
  let child: ChildProcess | undefined;
  // A test that fails leaves nothing behind.
  process.once('exit', () => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const server: RedisServer = {
    port,
    url: `redis://${host}:${port}`,
    async end(kill = false) {
      const ending = child;
      child = undefined;
      if (!ending || ending.exitCode !== null) return;
      const exited = once(ending, 'exit');
      ending.kill(kill ? 'SIGKILL' : 'SIGTERM');
      await exited;
    },
    async begin() {
      child = spawn(
        program,
        [
          ...['--port', String(port), '--bind', host, '--dir', folder, '--save', ''],
          ...[
            '--appendonly',
            persists ? 'yes' : 'no',
            '--protected-mode',
            'no',
            '--daemonize',
            'no',
            ...args,
          ],
        ],
        // Debian's redis-tools has the server, too, under another name: it goes by the name that it is called by.
        { argv0: 'redis-server', stdio: ['ignore', 'pipe', 'pipe'] },
      );
      await readyOf(child);
    },
    async remove() {
      await server.end(true);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.begin();
  return server;
}

/** Waits for Redis' own word that it takes commands. */
function readyOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (/Ready to accept connections/.test(text)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Redis ended with ${code}: ${text}`)));
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
