/** Whether a file begins as a log of `longhand train --log` does. */
export function isRunLog(head: string): boolean {
  return /^\s*\{"type":"run","version":1,/.test(head);
}
