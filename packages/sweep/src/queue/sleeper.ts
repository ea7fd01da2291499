/** Something that sleeps until it is woken, or for a time. */
export interface Sleeper {
  sleep(milliseconds: number): Promise<void>;
  /** Ends the sleep; if it has not begun, the next one. */
  wake(): void;
}

export function createSleeper(): Sleeper {
  let isWoken = false;
  let end: (() => void) | undefined;
  return {
    sleep(milliseconds) {
      if (isWoken) {
        isWoken = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => end?.(), milliseconds);
        end = () => {
          clearTimeout(timer);
          end = undefined;
          resolve();
        };
      });
    },
    wake() {
      if (end) end();
      else isWoken = true;
    },
  };
}
