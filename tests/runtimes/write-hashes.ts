// Writes hashes.json anew, with what this Node computes on one thread: `node tests/dist/runtimes/write-hashes.js`. It is for a
// person who has changed knowingly what a run gives, and says so in the commit; no script starts it.
import { writeFileSync } from 'node:fs';
import { HASHES_FILE } from './repository.js';
import { carryOut, RUN_NAMES } from './same-bits.js';
import { serve } from './server.js';

const server = await serve({ isolated: true });
const hashes: Record<string, string> = {};
for (const run of RUN_NAMES) hashes[run] = (await carryOut({ run, threads: 0 }, server.origin)).sha256;
await server.close();
writeFileSync(HASHES_FILE, `${JSON.stringify(hashes, null, 2)}\n`);
