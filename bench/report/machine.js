import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const WATCHED_MS = 2000;

/** The machine on which the figures were measured. */
export function describeMachine() {
  const [{ model }] = os.cpus();
  return {
    cpu: model.trim(),
    cores: os.availableParallelism(),
    memoryGB: Math.round(os.totalmem() / 1e9),
    system: `${systemName()}, ${os.type()} ${os.release()}, ${os.arch()}`,
  };
}

/**
 * The fraction of the processors' time, 0–1, that other programs use now. If it is not small, the
 * figures are wrong.
 */
export async function busyShare() {
  const before = processorTimes();
  await pause(WATCHED_MS);
  const after = processorTimes();
  return Number((1 - (after.idle - before.idle) / Math.max(1, after.all - before.all)).toFixed(3));
}

function processorTimes() {
  const times = os.cpus().map((cpu) => cpu.times);
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}

function systemName() {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? os.version();
  } catch {
    return os.version();
  }
}

/**
 * The versions of all programs that took part, as they reported them.
 *
 * @param {Record<string, { rows?: { id: string, version?: string, python?: string, blas?: string
 *   }[] }>} works
 */
export function versionsOf(works) {
  const rows = new Map();
  for (const { rows: some = [] } of Object.values(works)) {
    for (const row of some) if (row.version && !rows.has(row.id)) rows.set(row.id, row);
  }
  const versions = { node: process.versions.node, v8: process.versions.v8 };
  const own = [...rows.values()].find(({ id }) => id.startsWith('longhand'));
  if (own) versions.longhand = own.version;
  for (const id of ['numpy64', 'numpy32', 'pytorch', 'tfjs', 'jax']) {
    const row = rows.get(id);
    if (!row) continue;
    versions[id] = row.version;
    if (row.blas) versions[`${id}Blas`] = row.blas;
    if (row.python) versions[`${id}Python`] = row.python;
  }
  return versions;
}
