// Loaded into a process before its program (`node --import`). When the process ends, it writes the
// peak memory in kB.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => {
    writeFileSync(process.env.LONGHAND_PEAK_FILE, String(process.resourceUsage().maxRSS));
  });
}
