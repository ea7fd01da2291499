// Writes hashes.json with the results of this Node on one thread: `node
// tests/dist/runtimes/write-hashes.js`. Run it only if you changed the results of training on
// purpose, and say so in the commit. No script runs it.
import { writeFileSync } from 'node:fs';
import { HASHES_FILE } from './repository.js';
import { carryOut, RUN_NAMES } from './same-bits.js';
import { serve } from './server.js';

const server = await serve({ isolated: true });
const hashes: Record<string, string> = {};
for (const run of RUN_NAMES) hashes[run] = (await carryOut({ run, threads: 0 }, server.origin)).sha256;
await server.close();
writeFileSync(HASHES_FILE, `${JSON.stringify(hashes, null, 2)}\n`);
