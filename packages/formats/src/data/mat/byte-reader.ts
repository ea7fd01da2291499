/** Reads bytes that come in chunks, a few at a time. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** How many bytes were read. */
  get position(): number {
    return this.#position;
  }

  /** The next bytes, together; fewer where they end. */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let found = 0;
    for await (const part of this.pass(length)) {
      parts.push(part);
      found += part.length;
    }
    if (parts.length === 1) return parts[0]!;
    const bytes = new Uint8Array(found);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** Leaves bytes out. Returns how many there were. */
  async skip(length: number): Promise<number> {
    const before = this.#position;
    for await (const _ of this.pass(length));
    return this.#position - before;
  }

  /** The next bytes in the chunks in which they come; fewer where they end. */
  async *pass(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (this.#at === this.#chunk.length) {
        const next = await this.#chunks.next();
        if (next.done) return;
        this.#chunk = next.value;
        this.#at = 0;
        continue;
      }
      const part = this.#chunk.subarray(this.#at, this.#at + left);
      this.#at += part.length;
      this.#position += part.length;
      left -= part.length;
      yield part;
    }
  }

  /** No more is read: the source is closed. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
