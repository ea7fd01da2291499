// How Node, Bun and Deno get their jobs: one job per line on stdin, one answer per line on stdout.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { carryOut, type Job } from './same-bits.js';

const [origin] = process.argv.slice(2);
for await (const line of createInterface({ input: process.stdin })) {
  let answer: object;
  try {
    answer = { outcome: await carryOut(JSON.parse(line) as Job, origin!) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
