/**
 * Calls `train` with each frame of the screen, with the number of iterations that are due. The
 * returned function ends it.
 *
 * @param iterations how many there are in all
 * @param milliseconds how long all of them take
 */
export function everyFrame(
  train: (due: number) => void,
  iterations: number,
  milliseconds: number,
): () => void {
  let before = performance.now();
  let due = 0;
  let frame = requestAnimationFrame(function advance(now) {
    due += (Math.max(0, now - before) / milliseconds) * iterations;
    before = now;
    const whole = Math.floor(due);
    due -= whole;
    train(whole);
    frame = requestAnimationFrame(advance);
  });
  return () => cancelAnimationFrame(frame);
}
