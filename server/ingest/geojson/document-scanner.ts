import { LimitExceeded } from '../errors.ts';
import type { Limits } from '../source.ts';
import { type LineCount, type Spot, toSpot } from './spot.ts';
import { ValueScanner } from './value-scanner.ts';

/** One thing found in a JSON text whose outermost value is an object or a list, in the order of the file. */
export type Found =
  /** A member of the outermost object that is not the list of records. The key is as it stands, with its quotes. */
  | { readonly kind: 'member'; readonly key: Buffer; readonly value: FoundValue }
  /** The list of records (features of GeoJSON) begins: the member of that name, or the file itself. */
  | { readonly kind: 'features'; readonly bare: boolean; readonly at: Spot }
  | ({ readonly kind: 'feature' } & FoundValue)
  /** The text breaks off or goes wrong where nothing more can be read. */
  | {
      readonly kind: 'broken';
      readonly at: Spot;
      readonly expected: string;
      readonly found: string | null;
      readonly begun: boolean;
    }
  /** Something follows the end. */
  | { readonly kind: 'trailing'; readonly at: Spot; readonly found: string }
  /** The outermost value is closed. */
  | { readonly kind: 'closed' };

export interface FoundValue {
  readonly text: Buffer;
  readonly at: Spot;
  /** See `ValueScanner`. */
  readonly colons: number;
  readonly lists: number;
}

type State =
  | 'start'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'value'
  | 'after-member'
  | 'first-item'
  | 'item'
  | 'after-item'
  | 'done';

const EXPECTED: Record<State, string> = {
  start: '"{"',
  'first-key': 'the name of a member in double quotes, or "}"',
  key: 'the name of a member in double quotes',
  colon: '":"',
  value: 'a value',
  'after-member': '"," or "}"',
  'first-item': 'a record, or "]"',
  item: 'a record',
  'after-item': '"," or "]"',
  done: 'nothing more',
};

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const FEATURES = Buffer.from('"features"');

/** Takes a JSON text chunk by chunk and gives its members and features as they are complete; holds one of them. */
export class DocumentScanner {
  readonly #list: Buffer;
  readonly #recordBytes: number;
  readonly #members: ValueScanner;
  readonly #items: ValueScanner;
  readonly #count: LineCount = { line: 1, lineStart: 0 };
  #state: State = 'start';
  #base = 0;
  #bare = false;
  /** The value being scanned, if any: where it began, and its bytes in former chunks. */
  #scanner: ValueScanner | null = null;
  #at: Spot = { line: 1, column: 1, byte: 0 };
  #held: Buffer[] = [];
  #heldBytes = 0;
  #key: Buffer = Buffer.alloc(0);

  /** `list`: the member whose list is taken item by item, as its key stands, with its quotes. */
  constructor({ depth, recordBytes }: Limits, list: Buffer = FEATURES) {
    this.#list = list;
    this.#recordBytes = recordBytes;
    this.#members = new ValueScanner(depth, 1);
    this.#items = new ValueScanner(depth, 2);
  }

  /** Whether anything but white space has come. */
  get begun(): boolean {
    return this.#state !== 'start';
  }

  /** @throws LimitExceeded */
  *push(chunk: Buffer): Generator<Found> {
    let i = 0;
    while (i < chunk.length) {
      if (this.#scanner) {
        const end = this.#scanner.scan(chunk, i, this.#base, this.#count);
        if (end === ValueScanner.MORE) {
          this.#hold(chunk.subarray(i));
          break;
        }
        if (end === ValueScanner.MISMATCH) {
          yield this.#broken(chunk, this.#scanner.mismatch, 'the bracket that was opened last to be closed first');
          return;
        }
        this.#checkSize(end - i);
        const text =
          this.#held.length > 0 ? Buffer.concat([...this.#held, chunk.subarray(i, end)]) : chunk.subarray(i, end);
        i = end;
        yield* this.#taken(text, this.#scanner);
        continue;
      }
      const byte = chunk[i] as number;
      if (isSpace(byte)) {
        if (byte === 0x0a) {
          this.#count.line += 1;
          this.#count.lineStart = this.#base + i + 1;
        }
        i += 1;
        continue;
      }
      if (this.#state === 'done') {
        yield { kind: 'trailing', at: toSpot(this.#count, this.#base + i), found: snippet(chunk, i) };
        return;
      }
      const found = this.#step(byte, i);
      if (found === 'broken') {
        yield this.#broken(chunk, i, EXPECTED[this.#state]);
        return;
      }
      if (found) yield found;
      // A value begins at this byte and is scanned with it; all else is passed.
      if (!this.#scanner) i += 1;
    }
    this.#base += chunk.length;
  }

  /** No more bytes come: says so when the text is not complete. */
  *end(): Generator<Found> {
    if (this.#state === 'done') return;
    const at = toSpot(this.#count, this.#base);
    const inside = this.#scanner?.inString ? 'the closing quote of a text' : 'the rest of a value';
    yield {
      kind: 'broken',
      at,
      expected: this.#scanner ? inside : EXPECTED[this.#state],
      found: null,
      begun: this.begun,
    };
  }

  /** Takes one byte outside values. */
  #step(byte: number, i: number): Found | 'broken' | null {
    const char = String.fromCharCode(byte);
    switch (this.#state) {
      case 'start':
        if (char === '{') return this.#to('first-key');
        if (char !== '[') return 'broken';
        this.#bare = true;
        this.#state = 'first-item';
        return { kind: 'features', bare: true, at: toSpot(this.#count, this.#base + i) };
      case 'first-key':
      case 'key':
        if (char === '}' && this.#state === 'first-key') return this.#close();
        return char === '"' ? this.#scan(this.#members, i) : 'broken';
      case 'colon':
        return char === ':' ? this.#to('value') : 'broken';
      case 'value':
        if (char === '[' && this.#key.equals(this.#list)) {
          this.#state = 'first-item';
          return { kind: 'features', bare: false, at: toSpot(this.#count, this.#base + i) };
        }
        return beginsValue(char) ? this.#scan(this.#members, i) : 'broken';
      case 'after-member':
        if (char === '}') return this.#close();
        return char === ',' ? this.#to('key') : 'broken';
      case 'first-item':
      case 'item':
        if (char === ']' && this.#state === 'first-item') return this.#endOfItems();
        return beginsValue(char) ? this.#scan(this.#items, i) : 'broken';
      case 'after-item':
        if (char === ']') return this.#endOfItems();
        return char === ',' ? this.#to('item') : 'broken';
      case 'done':
        return null;
    }
  }

  #to(state: State): null {
    this.#state = state;
    return null;
  }

  #close(): Found {
    this.#state = 'done';
    return { kind: 'closed' };
  }

  #endOfItems(): Found | null {
    return this.#bare ? this.#close() : this.#to('after-member');
  }

  #scan(scanner: ValueScanner, i: number): null {
    scanner.begin();
    this.#scanner = scanner;
    this.#at = toSpot(this.#count, this.#base + i);
    return null;
  }

  *#taken(text: Buffer, { colons, lists }: ValueScanner): Generator<Found> {
    this.#scanner = null;
    this.#held = [];
    this.#heldBytes = 0;
    const at = this.#at;
    if (this.#state === 'key' || this.#state === 'first-key') {
      this.#key = Buffer.from(text);
      this.#state = 'colon';
    } else if (this.#state === 'value') {
      this.#state = 'after-member';
      yield { kind: 'member', key: this.#key, value: { text, at, colons, lists } };
    } else {
      this.#state = 'after-item';
      yield { kind: 'feature', text, at, colons, lists };
    }
  }

  /** Keeps a copy: the source may write its next bytes to the same place. */
  #hold(bytes: Buffer): void {
    this.#checkSize(bytes.length);
    this.#held.push(Buffer.from(bytes));
    this.#heldBytes += bytes.length;
  }

  #checkSize(more: number): void {
    if (this.#heldBytes + more <= this.#recordBytes) return;
    throw new LimitExceeded(
      `The record that begins on line ${this.#at.line} is longer than ${this.#recordBytes} bytes (limit UPLOAD_RECORD_MB). Split it before sending.`,
    );
  }

  #broken(chunk: Buffer, i: number, expected: string): Found {
    const at = toSpot(this.#count, this.#base + i);
    return { kind: 'broken', at, expected, found: snippet(chunk, i), begun: this.begun };
  }
}

/** What can begin a value, or is so near to it (NaN, None, 'text') that `JSON.parse` may say what is wrong. */
const beginsValue = (char: string) => !',:]}'.includes(char);

const snippet = (chunk: Buffer, i: number) => chunk.toString('utf8', i, i + 40);
