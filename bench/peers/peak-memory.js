// Loaded into a process before its program (`node --import`): writes the most memory the process
// ever held, in kB, when it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => {
    writeFileSync(process.env.LONGHAND_PEAK_FILE, String(process.resourceUsage().maxRSS));
  });
}
