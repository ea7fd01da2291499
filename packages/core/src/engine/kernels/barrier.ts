// The barrier of the threads, and the counter from which they take tasks.

/**
 * How often a thread checks before it sleeps: about 0.2 ms. Threads usually arrive closer together,
 * and waking a thread takes longer than checking.
 */
const SPINS = 400000;

/**
 * Waits until `threads` threads are here. At `at` there are three 32-bit integers: how many threads
 * have arrived, the generation of the barrier, and the task counter, which starts at 0 again.
 */
export function barrier(at: usize, threads: i32): void {
  if (threads < 2) {
    store<i32>(at, 0, 8);
    return;
  }
  const generation = atomic.load<i32>(at, 4);
  if (atomic.add<i32>(at, 1) == threads - 1) {
    atomic.store<i32>(at, 0);
    atomic.store<i32>(at, 0, 8);
    atomic.add<i32>(at, 1, 4);
    atomic.notify(at + 4, -1);
    return;
  }
  for (let i = 0; i < SPINS; i++) {
    if (atomic.load<i32>(at, 4) != generation) return;
  }
  while (atomic.load<i32>(at, 4) == generation) atomic.wait<i32>(at + 4, generation, -1);
}

/** The number of the next task that no thread has taken. */
export function nextTask(at: usize): i32 {
  return atomic.add<i32>(at, 1, 8);
}
