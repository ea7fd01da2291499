import type { Matrix } from '@longhand/core';

/**
 * A matrix whose entries are computed when they are read, and not kept. Reading an entry, or the
 * length, takes no memory. Everything else that a Float64Array can do (`map`, `every`, iteration …)
 * computes all entries first, once, and then keeps them: right, but 8 bytes an entry. Writing is an
 * error.
 */
export function lazyMatrix(
  rows: number,
  cols: number,
  entry: (row: number, column: number) => number,
): Matrix {
  const length = rows * cols;
  const read = (index: number) => entry(Math.floor(index / cols), index % cols);
  let all: Float64Array | undefined;
  const data = new Proxy(new Float64Array(), {
    get(_, key) {
      if (key === 'length') return length;
      if (typeof key === 'string' && /^\d+$/.test(key)) {
        return Number(key) < length ? read(Number(key)) : undefined;
      }
      all ??= Float64Array.from({ length }, (__, index) => read(index));
      const member: unknown = Reflect.get(all, key, all);
      return typeof member === 'function' ? member.bind(all) : member;
    },
    set: () => false,
  });
  return { rows, cols, data };
}
