import { once } from 'node:events';
import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueConnection } from './connection.js';
import { QueueError } from './queue-error.js';
import type { WorkerListener } from './worker-options.js';

/** The figures of a worker, for Prometheus. */
export interface WorkerMetrics {
  /** Counts what the worker does. */
  readonly listener: Required<Pick<WorkerListener, 'onTask' | 'onEnd'>>;
  /** The address to read them at, on loopback. */
  readonly url: string;
  /** Ends the server. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Seconds of training, from a trial that does next to nothing to one of an hour. */
const SECONDS = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3600];

/**
 * Serves the figures of a worker to this machine alone: `http://127.0.0.1:9464/metrics`.
 *
 * @throws QueueError if the port is taken
 */
export async function serveMetrics(port: number, { isUp }: QueueConnection): Promise<WorkerMetrics> {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const tasks = new Counter({
    ...{ name: 'longhand_tasks_total', labelNames: ['outcome'], registers },
    help: 'Tasks that ended: measured, failed for their settings, or given back to the queue',
  });
  const running = new Gauge({ name: 'longhand_tasks_running', help: 'Tasks under way', registers });
  const updates = new Counter({
    ...{ name: 'longhand_updates_total', registers },
    help: 'Updates of the parameters, of tasks that were measured',
  });
  const seconds = new Histogram({
    ...{ name: 'longhand_task_seconds', buckets: SECONDS, registers },
    help: 'Time of training of a run, in seconds',
  });
  const up: Gauge = new Gauge({
    ...{ name: 'longhand_queue_up', registers },
    help: '1 if the queue answers',
    collect: () => up.set(isUp() ? 1 : 0),
  });
  for (const outcome of ['measured', 'failed', 'returned']) tasks.inc({ outcome }, 0);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  const listening = once(server, 'listening');
  server.listen(port, HOST);
  try {
    await listening;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new QueueError(`--metrics ${port}: the port cannot be used (${code}): pass another one`);
  }
  return {
    url: `http://${HOST}:${(server.address() as { port: number }).port}/metrics`,
    listener: {
      onTask: () => running.inc(),
      onEnd(_, report) {
        running.dec();
        tasks.inc({ outcome: report?.type ?? 'returned' });
        if (report) seconds.observe(report.seconds);
        if (report?.type === 'measured') updates.inc(report.updates);
      },
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
