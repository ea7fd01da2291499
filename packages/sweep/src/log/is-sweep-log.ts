/** Whether a file begins as a log of `longhand sweep --log` does. */
export function isSweepLog(head: string): boolean {
  return /^\s*\{"type":"sweep","version":1,/.test(head);
}
