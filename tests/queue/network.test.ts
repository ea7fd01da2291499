import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, type TestContext, test } from 'vitest';
import { redisServer } from '../runtimes/installed.js';
import { startRedis } from './redis.js';
import { directly, tasksOf } from './small-sweep.js';
import { outcomesOf, startWorkerProcess, sweepOver } from './workers.js';

const LOCK_MS = 1500;

/** A network of two hosts: this one, and a namespace that it can be cut off from. */
interface Network {
  /** This host's address in it. */
  readonly address: string;
  /** The command that runs another one on the other host. */
  readonly enter: readonly string[];
  cut(): void;
  join(): void;
  remove(): void;
}

/** Needs root, and a kernel that allows it; else the test is skipped. */
function createNetwork(context: TestContext): Network {
  const id = process.pid % 10_000;
  const [name, here, there] = [`longhand-${id}`, `lh${id}a`, `lh${id}b`];
  // Of a range that is reserved for tests of networks.
  const subnet = `198.18.${id % 256}`;
  const ip = (...args: string[]) => spawnSync('ip', args, { encoding: 'utf8' });
  const remove = () => {
    ip('link', 'delete', here);
    ip('netns', 'delete', name);
  };
  for (const args of [
    ['netns', 'add', name],
    ['link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name],
    ['addr', 'add', `${subnet}.1/30`, 'dev', here],
    ['link', 'set', here, 'up'],
    ['-n', name, 'addr', 'add', `${subnet}.2/30`, 'dev', there],
    ['-n', name, 'link', 'set', there, 'up'],
  ]) {
    const { status, stderr, error } = ip(...args);
    if (status === 0) continue;
    remove();
    context.skip(`no network namespace can be made here: ${error?.message ?? stderr.trim()}`);
  }
  return {
    address: `${subnet}.1`,
    enter: ['ip', 'netns', 'exec', name],
    cut: () => ip('link', 'set', here, 'down'),
    join: () => ip('link', 'set', here, 'up'),
    remove,
  };
}

test('a host that is cut off for longer than the lock costs time alone, and its late result does not count', async (context) => {
  const program = redisServer(context);
  const network = createNetwork(context);
  const server = await startRedis(program, { host: network.address });
  try {
    const { url } = server;
    const tasks = tasksOf(5);
    const far = startWorkerProcess({ url, name: 'far', lockMs: LOCK_MS, slowMs: 4000 }, network.enter);
    const sweeping = sweepOver(url, tasks);
    await far.hears('trial 1');
    network.cut();
    const near = startWorkerProcess({ url, name: 'near', lockMs: LOCK_MS, slowMs: 500 });
    // The queue gives it what the other one had.
    await near.hears('trial 1');
    network.join();
    const { results, given, notices } = await sweeping;
    expect(given).toBe(tasks.length);
    expect(outcomesOf(results)).toEqual(await directly(tasks));
    expect(results.get(tasks[0]!.id)?.worker).toBe('near');
    expect(notices).toContain('far was lost: its trial 1 goes to another worker');
    await Promise.all([far.kill(), near.kill()]);
  } finally {
    await server.remove();
    network.remove();
  }
});
