import { LimitExceeded } from '../errors.ts';
import type { LineCount } from './spot.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What a byte means outside strings; 0: nothing, it is passed over. */
const PLAIN = 0;
const STRING = 1;
const OPEN = 2;
const CLOSE = 3;
const COLON = 4;
const NEWLINE = 5;
const ENDS_SCALAR = 6;

const MEANING = new Uint8Array(256);
for (const [chars, meaning] of [
  ['"', STRING],
  ['{[', OPEN],
  ['}]', CLOSE],
  [':', COLON],
  ['\n', NEWLINE],
  [', \t\r', ENDS_SCALAR],
] as const) {
  for (const char of chars) MEANING[char.charCodeAt(0)] = meaning;
}

/**
 * Finds where a JSON value ends, byte by byte, and makes nothing of what is in it: `JSON.parse` does that, of one record at
 * a time. Four times as fast as a tokenizer in JavaScript, and depth and size are known before anything is built.
 */
export class ValueScanner {
  /** Colons outside strings: as many as the value has members, those named twice counted twice. */
  colons = 0;
  /** Opening brackets of lists: at least as many as the value has positions. */
  lists = 0;
  /** After `scan` gave MISMATCH: the index of the closing bracket that closes nothing of its kind. */
  mismatch = -1;
  readonly #limit: number;
  readonly #outside: number;
  readonly #stack: Uint8Array;
  #depth = 0;
  #begun = false;
  #string = false;
  #escaped = false;

  static readonly MORE = -1;
  static readonly MISMATCH = -2;

  /** `outside`: how deep the value itself lies in the file, counted against the limit. */
  constructor(limit: number, outside: number) {
    this.#limit = limit;
    this.#outside = outside;
    this.#stack = new Uint8Array(Math.max(1, limit - outside + 1));
  }

  begin(): void {
    this.colons = 0;
    this.lists = 0;
    this.mismatch = -1;
    this.#depth = 0;
    this.#begun = false;
    this.#string = false;
    this.#escaped = false;
  }

  /** How deep in brackets of the value the scanner stands. */
  get depth(): number {
    return this.#depth;
  }

  get inString(): boolean {
    return this.#string;
  }

  /**
   * Goes on from `from`; `base` is the byte offset of the chunk in the file. Returns the index after the value's last byte,
   * MORE when it is not in this chunk, or MISMATCH.
   * @throws LimitExceeded
   */
  scan(bytes: Uint8Array, from: number, base: number, count: LineCount): number {
    const length = bytes.length;
    let i = from;
    while (i < length) {
      if (this.#string) {
        i = this.#throughString(bytes, i, base, count);
        if (this.#string) return ValueScanner.MORE;
        if (this.#depth === 0) return i;
        continue;
      }
      const byte = bytes[i] as number;
      const meaning = MEANING[byte];
      if (meaning === PLAIN) {
        this.#begun = true;
        i += 1;
        continue;
      }
      if (meaning === STRING) {
        if (this.#depth === 0 && this.#begun) return i;
        this.#string = true;
      } else if (meaning === OPEN) {
        if (this.#depth === 0 && this.#begun) return i;
        this.#open(byte, count.line);
      } else if (meaning === CLOSE) {
        if (this.#depth === 0) return i;
        if (this.#stack[this.#depth - 1] !== byte) {
          this.mismatch = i;
          return ValueScanner.MISMATCH;
        }
        this.#depth -= 1;
        if (this.#depth === 0) return i + 1;
      } else if (this.#depth === 0) {
        // White space, a comma or a stray colon ends a number or a word.
        return i;
      } else if (meaning === COLON) {
        this.colons += 1;
      } else if (meaning === NEWLINE) {
        count.line += 1;
        count.lineStart = base + i + 1;
      }
      i += 1;
    }
    return ValueScanner.MORE;
  }

  #throughString(bytes: Uint8Array, from: number, base: number, count: LineCount): number {
    const length = bytes.length;
    let i = from;
    if (this.#escaped && i < length) {
      this.#escaped = false;
      i += 1;
    }
    for (; i < length; i += 1) {
      const byte = bytes[i];
      if (byte === QUOTE) {
        this.#string = false;
        return i + 1;
      }
      if (byte === BACKSLASH) {
        i += 1;
        if (i === length) this.#escaped = true;
      } else if (byte === 0x0a) {
        count.line += 1;
        count.lineStart = base + i + 1;
      }
    }
    return length;
  }

  #open(byte: number, line: number): void {
    this.#begun = true;
    if (byte === 0x5b) this.lists += 1;
    if (this.#depth + this.#outside >= this.#limit) {
      throw new LimitExceeded(
        `Line ${line}: the JSON is nested more than ${this.#limit} levels deep (limit UPLOAD_DEPTH). Flatten it before sending.`,
      );
    }
    // "{" and "}", "[" and "]" are two apart in ASCII.
    this.#stack[this.#depth] = byte + 2;
    this.#depth += 1;
  }
}
