import { describe, expect, test } from 'vitest';
import { EngineError } from '../../errors.js';
import { Memory } from './memory.js';

describe.each([true, false])('a memory, shared: %s', (shared) => {
  test('allocates zeroed memory on cache lines, apart from all other', () => {
    const memory = new Memory(shared);
    const rooms = [1, 64, 65, 200_000, 3].map((bytes) => ({ bytes, at: memory.allocate(bytes, 'a test') }));
    for (const [k, { at, bytes }] of rooms.entries()) {
      expect(at % 64).toBe(0);
      expect(at).toBeGreaterThan(0);
      expect(memory.bytes(at, bytes).every((byte) => byte === 0)).toBe(true);
      memory.bytes(at, bytes).fill(k + 1);
    }
    for (const [k, { at, bytes }] of rooms.entries()) {
      expect(memory.bytes(at, bytes).every((byte) => byte === k + 1)).toBe(true);
    }
  });

  test('allocates freed memory again, zeroed and joined with its neighbors', () => {
    const memory = new Memory(shared);
    const [a, b] = [memory.allocate(1000, 'a test'), memory.allocate(1000, 'a test')];
    memory.allocate(1000, 'a test');
    memory.bytes(a, 2000).fill(7);
    const before = memory.wasm.buffer.byteLength;
    memory.free(a);
    memory.free(b);
    memory.free(b);
    expect(memory.allocate(2000, 'a test')).toBe(a);
    expect(memory.bytes(a, 2000).every((byte) => byte === 0)).toBe(true);
    expect(memory.wasm.buffer.byteLength).toBe(before);
  });

  test('refuses what WebAssembly cannot hold, says how much and for what, and still works', () => {
    const memory = new Memory(shared);
    memory.allocate(100, 'a test');
    const ask = () => memory.allocate(5_000_000_000, 'the pictures of a library');
    expect(ask).toThrow(EngineError);
    expect(ask).toThrow(/the pictures of a library: asked for 5,000,000,000 bytes/);
    const at = memory.allocate(100, 'a test');
    expect(memory.bytes(at, 100)).toHaveLength(100);
  });
});
