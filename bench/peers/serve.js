// The peer's end of the line protocol: one JSON request per line on stdin, one JSON answer per line
// on stdout. Between two requests a peer waits for its stdin and does nothing.
import { createInterface } from 'node:readline';

/**
 * Answers requests until stdin ends. `request.do` is the name of the function.
 *
 * @param {Record<string, (request: any) => unknown>} verbs
 */
export async function serve(verbs) {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      answer = (await verbs[request.do](request)) ?? {};
    } catch (error) {
      answer = { error: error.message };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}

/**
 * Measures how long some work takes.
 *
 * @param {() => unknown} work
 * @returns {Promise<{ ms: number }>}
 */
export async function timed(work) {
  const before = performance.now();
  await work();
  return { ms: performance.now() - before };
}
