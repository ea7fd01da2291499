/** How long a worker that was started may be silent, in seconds. Most answer within 0.1 s. */
const START_SECONDS = 10;

/**
 * The answer of a worker that is starting, or an error if none comes: a browser can fail to start a
 * worker without an event. Seconds are counted one by one, because a thread that is busy hears no
 * answer either.
 */
export async function inStartTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    const wait = (seconds: number) => {
      if (seconds === 0) reject(new Error(`a worker did not answer within ${START_SECONDS} s`));
      else timer = setTimeout(() => wait(seconds - 1), 1000);
    };
    wait(START_SECONDS);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
