interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
}

/** What an entry costs beside its bytes: its key, its place in the map, the object around the bytes. */
const OVERHEAD = 512;

/** Keeps what was used last, up to a number of bytes in all. What alone is larger than that is not kept. */
export class ByteLru<Value> {
  /** In the order of use: the first is the next to go. */
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** At most `maxBytes`, the cost of keeping included. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, bytes: number): void {
    this.delete(key);
    const cost = bytes + OVERHEAD;
    if (cost > this.#maxBytes) return;
    this.#entries.set(key, { value, bytes: cost });
    this.#bytes += cost;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  /** Drops every entry of which `keeps` says no. */
  retain(keeps: (value: Value) => boolean): void {
    for (const [key, { value }] of this.#entries) if (!keeps(value)) this.delete(key);
  }
}
