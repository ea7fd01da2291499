/** A limit on how many tasks are done at once, over all queues of a worker. */
export interface Slots {
  /** Waits for a free one. @returns false if none came free in time */
  take(waitMs: number): Promise<boolean>;
  give(): void;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  return {
    take(waitMs) {
      if (free > 0) {
        free--;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          clearTimeout(timer);
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiting.delete(wake);
          resolve(false);
        }, waitMs);
        waiting.add(wake);
      });
    },
    give() {
      const [next] = waiting;
      if (next) next();
      else free++;
    },
  };
}
