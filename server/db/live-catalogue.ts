import type { Catalogue } from '../core/catalogue.ts';
import type { Run } from '../query/sql.ts';
import { readCatalogue } from './catalogue.ts';
import type { Connection } from './database.ts';
import { openListener } from './listener.ts';

/** The catalogue in memory, swapped whole when any process changes it. */
export interface LiveCatalogue {
  current(): Catalogue;
  /** Whether memory is what the database has: changes are heard, and none has been heard that is not yet read. */
  isFresh(): boolean;
  /**
   * The catalogue as the database has it: from memory when that is fresh, else read anew, which happens at most every
   * 250 ms however many ask.
   * @throws DatabaseUnavailable
   */
  refresh(): Promise<Catalogue>;
  close(): Promise<void>;
}

const REREAD_MS = 250;

/** `onChange` and `onError` are for the log. @throws DatabaseUnavailable when the first reading fails */
export async function openCatalogue(
  connection: Connection,
  run: Run,
  events: { onChange: (catalogue: Catalogue) => void; onError: (error: unknown) => void },
): Promise<LiveCatalogue> {
  let current = await readCatalogue(run);
  let readAt = performance.now();
  let behind = true;
  let reading: Promise<void> | undefined;
  let readAgain = false;

  async function read(from: Run): Promise<void> {
    const next = await readCatalogue(from);
    readAt = performance.now();
    // The same object as long as nothing changes: what others derive from it, they keep.
    if (JSON.stringify(next.layers) === JSON.stringify(current.layers)) return;
    current = next;
    events.onChange(current);
  }

  /** What is announced during a reading may not be in it: then once more. */
  async function readUntilQuiet(from: Run): Promise<void> {
    try {
      do {
        readAgain = false;
        await read(from);
      } while (readAgain);
    } finally {
      reading = undefined;
    }
  }

  function catchUp(): void {
    behind = true;
    readAgain = true;
    reading ??= readUntilQuiet(listener.run);
    const caughtUp = reading.then(() => {
      behind = false;
    });
    caughtUp.catch(events.onError).finally(decide);
  }

  // Whether changes are heard is known before the first request comes, either way.
  let decide = () => {};
  const decided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  const listener = openListener(connection, 'azalai_catalogue', {
    onUp: catchUp,
    onNotification: catchUp,
    onDown: (error) => {
      events.onError(error);
      decide();
    },
  });
  await decided;

  const isFresh = () => listener.isUp() && !behind;
  return {
    current: () => current,
    isFresh,
    refresh: async () => {
      if (isFresh()) return current;
      if (!reading && performance.now() - readAt < REREAD_MS) return current;
      reading ??= readUntilQuiet(run);
      await reading;
      return current;
    },
    close: () => listener.close(),
  };
}
