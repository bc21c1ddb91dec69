/** Remembers what is read or worked out again and again, as long as all of it together is not too large: the longest unused goes first. */
export interface KeptWithin<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => Value;
}

/** @param most of the sizes together; what is set last stays, whatever its size */
export function keptWithin<Value extends object>(most: number, sizeOf: (value: Value) => number): KeptWithin<Value> {
  const kept = new Map<string, Value>();
  let size = 0;
  const forget = (key: string) => {
    const value = kept.get(key);
    if (value) size -= sizeOf(value);
    kept.delete(key);
  };
  return {
    get: (key) => {
      const value = kept.get(key);
      if (value) {
        kept.delete(key);
        kept.set(key, value);
      }
      return value;
    },
    set: (key, value) => {
      forget(key);
      kept.set(key, value);
      size += sizeOf(value);
      for (const oldest of kept.keys()) {
        if (size <= most || oldest === key) break;
        forget(oldest);
      }
      return value;
    },
  };
}
